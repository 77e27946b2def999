namespace Tracera.Redis;

/// <summary>The names of the instruments of Redis on the meter <see cref="TraceraTelemetry.MeterName"/>.</summary>
public static class RedisInstruments
{
    /// <summary>Histogram, in seconds: how long a batch took, tagged <c>outcome</c>: <c>written</c> or <c>failed</c>.</summary>
    public const string WriteDuration = "tracera.redis.write.duration";

    /// <summary>Counter: messages of the channels that were dropped, tagged <see cref="ReasonTag"/>: <c>malformed</c>, <c>oversized</c> or <c>stale</c>.</summary>
    public const string MessagesDropped = "tracera.redis.messages.dropped";

    /// <summary>Counter: gaps in the stream of a shard that subscribers were told of, tagged <see cref="ReasonTag"/>: <c>offset</c>, <c>epoch</c>, <c>silence</c>, or <c>away</c> when Redis goes away and when it is back.</summary>
    public const string Gaps = "tracera.redis.gaps";

    /// <summary>Counter: batches that a slow subscriber got as one, with the newest of each series.</summary>
    public const string Conflated = "tracera.redis.conflated";

    /// <summary>Counter: ticks that found no room among those ahead of the clock, or whose times lie outside the years 1684 to 2255.</summary>
    public const string Refused = "tracera.redis.refused";

    /// <summary>Counter: series that were offered from the store to fill the cache.</summary>
    public const string Refilled = "tracera.redis.refilled";

    /// <summary>Counter: reads that the store answered because Redis was away.</summary>
    public const string Fallbacks = "tracera.redis.fallbacks";

    /// <summary>Gauge: ticks ahead of the clock that wait for their time.</summary>
    public const string Pending = "tracera.redis.pending";

    /// <summary>Gauge: open subscriptions.</summary>
    public const string Subscriptions = "tracera.redis.subscriptions";

    /// <summary>The tag that says why.</summary>
    public const string ReasonTag = "reason";
}
