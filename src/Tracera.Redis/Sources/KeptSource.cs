namespace Tracera.Redis;

/// <summary>A source as it is kept in Redis.</summary>
internal sealed record KeptSource(int Id, string Provider, string Name, string Currency, PriceKind Kind, VolumeKind VolumeKind)
{
    public static KeptSource Of(Source source) =>
        new(source.Id.Value, source.Provider, source.Name, source.Currency.Code, source.Kind, source.VolumeKind);

    /// <exception cref="FormatException">The currency is none.</exception>
    public Source ToSource() =>
        new(new SourceId(Id), Provider, new SourceDescriptor(Name, Tracera.Currency.Parse(Currency), Kind, VolumeKind));
}
