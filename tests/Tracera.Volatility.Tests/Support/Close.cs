using System.Globalization;

namespace Tracera.Volatility.Tests.Support;

/// <summary>Compares figures by their relative error.</summary>
internal static class Close
{
    public static void Assert(double? expected, double? actual, double tolerance, string what)
    {
        var isClose = expected is { } e && actual is { } a ? Math.Abs(a - e) <= tolerance * Math.Abs(e) : expected is null && actual is null;
        Xunit.Assert.True(isClose, string.Create(CultureInfo.InvariantCulture, $"{what}: expected {expected:R}, actual {actual:R}"));
    }
}
