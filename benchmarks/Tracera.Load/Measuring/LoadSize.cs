using System.Globalization;

namespace Tracera.Load;

/// <summary>Sizes of scenarios, which the environment may change.</summary>
internal static class LoadSize
{
    public static int Of(string variable, int standard) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0 ? size : standard;
}
