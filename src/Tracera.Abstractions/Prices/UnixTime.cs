namespace Tracera;

/// <summary>Converts instants to and from microseconds since 1970-01-01 UTC, the precision that every store keeps.</summary>
public static class UnixTime
{
    /// <summary>Microseconds in one second.</summary>
    public const long MicrosecondsPerSecond = 1_000_000;

    /// <summary>The instant in whole microseconds; a finer remainder is cut off towards the past.</summary>
    /// <param name="instant">Any instant.</param>
    /// <returns>Microseconds since 1970-01-01 UTC; negative before.</returns>
    public static long ToMicroseconds(DateTimeOffset instant)
    {
        var ticks = instant.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;
        var (whole, rest) = Math.DivRem(ticks, TimeSpan.TicksPerMicrosecond);
        return rest < 0 ? whole - 1 : whole;
    }

    /// <summary>The instant of a number of microseconds.</summary>
    /// <param name="microseconds">Microseconds since 1970-01-01 UTC.</param>
    /// <returns>The instant, in UTC.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The instant lies outside the years 1 to 9999.</exception>
    /// <exception cref="OverflowException">The number is beyond any instant.</exception>
    public static DateTimeOffset FromMicroseconds(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(checked(microseconds * TimeSpan.TicksPerMicrosecond));
}
