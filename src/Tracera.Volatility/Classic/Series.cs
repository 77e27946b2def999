using System.Runtime.CompilerServices;

namespace Tracera.Volatility.Classic;

/// <summary>What every form asks of its arguments.</summary>
internal static class Series
{
    public static void Require(int period, [CallerArgumentExpression(nameof(period))] string? name = null) =>
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 1, name);

    public static void RequireAbove(double value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (!(value > 0) || !double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(name, value, "Allowed: a number above 0.");
        }
    }

    public static void RequireLength(int length, ReadOnlySpan<double> series, [CallerArgumentExpression(nameof(series))] string? name = null)
    {
        if (series.Length != length)
        {
            throw new ArgumentException($"It has {series.Length} places; every series and result of a call needs as many as the first, {length}.", name);
        }
    }
}
