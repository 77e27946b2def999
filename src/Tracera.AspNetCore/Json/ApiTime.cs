namespace Tracera.AspNetCore;

/// <summary>Instants as they are shown: UTC, so that they end in Z, in whole microseconds.</summary>
internal static class ApiTime
{
    public static DateTime Of(DateTimeOffset instant) => UnixTime.FromMicroseconds(UnixTime.ToMicroseconds(instant)).UtcDateTime;

    public static DateTime? Of(DateTimeOffset? instant) => instant is { } value ? Of(value) : null;
}
