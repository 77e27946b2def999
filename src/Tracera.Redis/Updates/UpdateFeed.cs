using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tracera.Redis;

/// <summary>Takes every message of the subscription as it comes, and hands it to what is kept here and to the queues of the listeners.</summary>
/// <remarks>
/// Thread-safe. The client's own queue knows no bound, so nothing waits here: a message is read, numbered and handed over at once. One lock orders the messages, the
/// joining of listeners and the confirming of the streams' places.
/// </remarks>
internal sealed class UpdateFeed
{
    private static readonly TimeSpan QuietTime = TimeSpan.FromMinutes(1);
    private readonly Lock _gate = new();
    private readonly SourceBook _sources;
    private readonly LocalLatest _local;
    private readonly RedisOptions _options;
    private readonly TimeProvider _time;
    private readonly RedisMeter _meter;
    private readonly ILogger _logger;
    private readonly ShardProgress[] _shards;
    private ImmutableArray<RedisSubscription> _subscriptions = [];
    private long? _quietSince;

    public UpdateFeed(
        RedisLayout layout,
        SourceBook sources,
        LocalLatest local,
        IOptions<RedisOptions> options,
        TimeProvider time,
        RedisMeter meter,
        ILogger<UpdateFeed> logger)
    {
        (_sources, _local, _options, _time, _meter, _logger) = (sources, local, options.Value, time, meter, logger);
        _shards = [.. layout.Shards.Select(_ => new ShardProgress())];
        meter.ObserveSubscriptions(() => _subscriptions.Length);
    }

    public RedisSubscription Join()
    {
        var subscription = new RedisSubscription(_options.QueueCapacity, _meter.Conflated, Leave);
        lock (_gate)
        {
            _subscriptions = _subscriptions.Add(subscription);
        }

        return subscription;
    }

    /// <summary>Takes a message of a channel.</summary>
    public void Take(ShardChannel channel, string name, byte[] bytes)
    {
        if (bytes.Length > _options.MaxMessageBytes)
        {
            Drop(name, bytes.Length, "oversized");
        }
        else if (UpdateMessage.Read(bytes, channel) is { } batch)
        {
            _sources.Note(batch.Prices.Span);
            Take(batch);
        }
        else
        {
            Drop(name, bytes.Length, "malformed");
        }
    }

    /// <summary>Compares with where the streams were before a message that has come back.</summary>
    /// <returns>Whether the place of a shard is in doubt and must be looked at again soon.</returns>
    public bool Confirm(IReadOnlyList<StreamPoint> located)
    {
        lock (_gate)
        {
            var isInDoubt = false;
            foreach (var point in located)
            {
                if (_shards[point.Shard].Confirm(point))
                {
                    HandOver(new UpdateBatch(point, default, []), "silence");
                }

                _local.Begin(_shards[point.Shard].Known!.Value);
                isInDoubt |= _shards[point.Shard].IsBehind;
            }

            return isInDoubt;
        }
    }

    /// <summary>Tells every listener that updates may be missing, because the subscription was not there when they joined.</summary>
    public void ConfirmLate(IReadOnlyList<StreamPoint> located)
    {
        lock (_gate)
        {
            foreach (var point in located)
            {
                _ = _shards[point.Shard].Take(point);
                _local.Begin(_shards[point.Shard].Known!.Value);
                if (!_subscriptions.IsEmpty)
                {
                    HandOver(new UpdateBatch(point, default, []), "silence");
                }
            }
        }
    }

    /// <summary>Tells every listener to read anew: Redis has gone away, so that what they have is no longer current, or it answers again.</summary>
    public void Doubt()
    {
        lock (_gate)
        {
            if (!_subscriptions.IsEmpty && Array.Find(_shards, static shard => shard.Known is not null) is { Known: { } known })
            {
                HandOver(new UpdateBatch(known, default, []), "away");
            }
        }
    }

    private void Take(UpdateBatch batch)
    {
        lock (_gate)
        {
            var (isStale, gap) = _shards[batch.Point.Shard].Take(batch.Point);
            if (isStale)
            {
                _meter.Dropped("stale");
                return;
            }

            HandOver(batch, gap);
        }
    }

    private void HandOver(UpdateBatch batch, string? gap)
    {
        if (gap is not null)
        {
            _meter.Gap(gap);
            FeedLog.Gap(_logger, batch.Point.Shard, batch.Point, gap);
            batch = batch with { Gap = true };
            _sources.Miss();
        }

        _local.Take(batch);
        foreach (var subscription in _subscriptions)
        {
            subscription.Offer(batch);
        }
    }

    private void Drop(string channel, int bytes, string reason)
    {
        _meter.Dropped(reason);
        lock (_gate)
        {
            if (_quietSince is { } since && _time.GetElapsedTime(since) < QuietTime)
            {
                return;
            }

            _quietSince = _time.GetTimestamp();
        }

        FeedLog.Dropped(_logger, channel, bytes, reason);
    }

    private void Leave(RedisSubscription subscription)
    {
        lock (_gate)
        {
            _subscriptions = _subscriptions.Remove(subscription);
        }
    }
}
