namespace Tracera;

/// <summary>One series of prices: a market asked through one provider, in one currency, of one price kind.</summary>
/// <param name="Id">The catalogue's number for it, part of every tick's key.</param>
/// <param name="Provider">The provider's registered name.</param>
/// <param name="Descriptor">What the provider said of it.</param>
public sealed record Source(SourceId Id, string Provider, SourceDescriptor Descriptor)
{
    /// <summary>The market's name: what clients see as <c>source</c>.</summary>
    public string Name => Descriptor.Name;

    /// <summary>The currency of every price of the series.</summary>
    public Currency Currency => Descriptor.Currency;

    /// <summary>What the price stands for.</summary>
    public PriceKind Kind => Descriptor.Kind;

    /// <summary>What the volume counts.</summary>
    public VolumeKind VolumeKind => Descriptor.VolumeKind;
}
