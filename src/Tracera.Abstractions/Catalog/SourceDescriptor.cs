namespace Tracera;

/// <summary>How a provider describes one of its series: make it once and hand the same instance with every price.</summary>
/// <remarks>
/// Within one provider a series is unique on (<see cref="Name"/>, <see cref="Currency"/>, <see cref="Kind"/>). Two descriptors that differ
/// in the volume kind alone are refused, because the volumes of a series must combine in one way.
/// </remarks>
/// <param name="Name">The market, for example <c>steam</c> or <c>buff163</c>; what clients see as <c>source</c>.</param>
/// <param name="Currency">The currency of every price of the series.</param>
/// <param name="Kind">What the price stands for.</param>
/// <param name="VolumeKind">What the volume counts.</param>
public sealed record SourceDescriptor(
    string Name,
    Currency Currency,
    PriceKind Kind = PriceKind.LowestAsk,
    VolumeKind VolumeKind = VolumeKind.Traded);
