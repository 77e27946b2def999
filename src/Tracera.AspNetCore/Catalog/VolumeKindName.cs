namespace Tracera.AspNetCore;

/// <summary>How clients see a <see cref="VolumeKind"/>.</summary>
internal static class VolumeKindName
{
    public static string Of(VolumeKind kind) => kind switch
    {
        VolumeKind.Traded => "traded",
        VolumeKind.Rolling24h => "rolling_24h",
        VolumeKind.Stock => "stock",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind."),
    };
}
