using System.Globalization;

namespace Tracera.Http;

/// <summary>Reads when a venue may be asked again: <c>Retry-After</c> (RFC 9110, seconds or a date), else <c>X-RateLimit-Reset</c> of a 429.</summary>
internal static class RetryAfter
{
    // Nobody means more; a mistaken year must not switch a provider off.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);
    private const long SmallestEpoch = 1_000_000_000;

    public static DateTimeOffset? Read(HttpResponseMessage response, DateTimeOffset now)
    {
        var header = response.Headers.RetryAfter;
        var at = header?.Delta is { } delta ? now + Clamp(delta) : header?.Date ?? ReadReset(response, now);
        return at is { } instant ? now + Clamp(instant - now) : null;
    }

    private static DateTimeOffset? ReadReset(HttpResponseMessage response, DateTimeOffset now)
    {
        if (response.StatusCode != System.Net.HttpStatusCode.TooManyRequests
            || !response.Headers.TryGetValues("X-RateLimit-Reset", out var values)
            || !long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return null;
        }

        var left = seconds < SmallestEpoch ? seconds : seconds - now.ToUnixTimeSeconds();
        return now + TimeSpan.FromSeconds(Math.Clamp(left, 0, (long)Longest.TotalSeconds));
    }

    private static TimeSpan Clamp(TimeSpan span) => span < TimeSpan.Zero ? TimeSpan.Zero : span > Longest ? Longest : span;
}
