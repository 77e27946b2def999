using System.Collections.Immutable;

namespace Tracera.Volatility.Configuration;

/// <summary>The windows that the options name.</summary>
internal static class ChosenWindows
{
    /// <summary>The windows, the shortest first; all when none is named.</summary>
    public static ImmutableArray<Window> Of(VolatilityOptions options) =>
        options.Windows is not { Count: > 0 } names ? Window.All : [.. Window.All.Where(window => names.Contains(window.Name))];
}
