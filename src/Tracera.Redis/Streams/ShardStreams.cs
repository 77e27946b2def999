using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Tracera.Redis;

/// <summary>The streams of the shards: every change goes through a script, which numbers and publishes it in the same breath.</summary>
/// <remarks>
/// <para>Thread-safe. Calls of one shard are carried out in the order in which they were made.</para>
/// <para>
/// A server that does not know the script was restarted, or is another one: it may have lost the newest changes and would give their offsets again. So before
/// the scripts are loaded, every stream gets a new epoch; and before they are loaded, nobody can write. Of several hosts that find this out, one succeeds.
/// </para>
/// </remarks>
internal sealed class ShardStreams(RedisConnection connection, RedisLayout layout, ILogger<ShardStreams> logger) : IDisposable
{
    private const string UnknownScript = "NOSCRIPT";
    private readonly SemaphoreSlim _restarting = new(1, 1);
    private readonly Lock _gate = new();
    private readonly StreamPoint?[] _furthest = new StreamPoint?[layout.Shards.Count];
    private int _generation;

    /// <summary>Raised when a shard's epoch is not the one that was known, from any thread.</summary>
    public event Action? EpochChanged;

    /// <summary>Whether every stream of a position is in the epoch that it was last seen in, and none is missing.</summary>
    public bool Knows(StreamPosition position)
    {
        lock (_gate)
        {
            return Array.TrueForAll(_furthest, known => known is { } point && position.Find(point.Shard)?.Epoch == point.Epoch);
        }
    }

    /// <summary>Offers ticks of one shard, at most <see cref="TickBlob.MaxTicks"/> and of each series one.</summary>
    public Task<PublishResult> PublishTicksAsync(int shard, ReadOnlySpan<PriceTick> ticks, CancellationToken cancellationToken)
    {
        var (first, last) = (long.MaxValue, long.MinValue);
        foreach (ref readonly var tick in ticks)
        {
            first = Math.Min(first, tick.ObservedAtMicroseconds);
            last = Math.Max(last, tick.ObservedAtMicroseconds);
        }

        var keys = layout.Shards[shard];
        return PublishTicksAsync(keys, [keys.Prices, EpochText.Next(), ticks.Length, TickBlob.Write(ticks), first, last], cancellationToken);
    }

    /// <summary>Publishes figures of one shard in the form of <see cref="FigureWire"/>.</summary>
    public async Task<StreamPoint> PublishFiguresAsync(int shard, int count, byte[] figures, CancellationToken cancellationToken)
    {
        var (keys, before) = (layout.Shards[shard], Furthest(shard));
        var answer = (RedisResult[])(await CallAsync(RedisScript.PublishFigures, keys, [keys.Volatility, EpochText.Next(), count, figures], cancellationToken).ConfigureAwait(false))!;
        return await NoteAsync(before, shard, (string?)answer[0], (long)answer[1], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks where every stream stands, and begins those that are not there.</summary>
    public async Task<StreamPoint[]> LocateAsync(CancellationToken cancellationToken)
    {
        var asked = layout.Shards.Select(shard => PublishTicksAsync(shard, [shard.Prices, EpochText.Next(), 0], cancellationToken)).ToList();
        return [.. (await Task.WhenAll(asked).ConfigureAwait(false)).Select(result => result.Point)];
    }

    public void Dispose() => _restarting.Dispose();

    private async Task<PublishResult> PublishTicksAsync(ShardKeys keys, RedisValue[] values, CancellationToken cancellationToken)
    {
        var before = Furthest(keys.Shard);
        var answer = (RedisResult[])(await CallAsync(RedisScript.PublishTicks, keys, values, cancellationToken).ConfigureAwait(false))!;
        var point = await NoteAsync(before, keys.Shard, (string?)answer[0], (long)answer[1], cancellationToken).ConfigureAwait(false);
        return new PublishResult(point, (int)answer[2], (int)answer[3], (int)answer[4]);
    }

    private StreamPoint? Furthest(int shard)
    {
        lock (_gate)
        {
            return _furthest[shard];
        }
    }

    // A stream that stands before where it stood when it was asked was set back, as by a failover to a server that lagged behind: subscribers would take what comes next for known.
    private async ValueTask<StreamPoint> NoteAsync(StreamPoint? before, int shard, string? text, long offset, CancellationToken cancellationToken)
    {
        var point = new StreamPoint(shard, EpochText.Parse(text), offset);
        if (before is { } known && known.Epoch == point.Epoch && point.Offset < known.Offset)
        {
            StreamLog.SetBack(logger, shard, known.Offset, point.Offset);
            var epoch = await BeginAsync(layout.Shards[shard], text, cancellationToken).ConfigureAwait(false);
            point = new StreamPoint(shard, EpochText.Parse(epoch), 1);
        }

        Note(point);
        return point;
    }

    private void Note(StreamPoint point)
    {
        lock (_gate)
        {
            ref var furthest = ref _furthest[point.Shard];
            if (furthest is { } known && known.Epoch == point.Epoch)
            {
                furthest = point.Offset > known.Offset ? point : known;
                return;
            }

            furthest = point;
        }

        StreamLog.NewEpoch(logger, point.Shard, point.Epoch);
        EpochChanged?.Invoke();
    }

    private async Task<RedisResult> CallAsync(RedisScript script, ShardKeys keys, RedisValue[] values, CancellationToken cancellationToken)
    {
        while (true)
        {
            var generation = Volatile.Read(ref _generation);
            try
            {
                return await connection.AskAsync(connection.Database.ScriptEvaluateAsync(script.Hash, keys.Stream, values), cancellationToken).ConfigureAwait(false);
            }
            catch (RedisServerException fault) when (fault.Message.StartsWith(UnknownScript, StringComparison.Ordinal))
            {
                await RestartAsync(generation, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task RestartAsync(int generation, CancellationToken cancellationToken)
    {
        await _restarting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (generation == _generation)
            {
                StreamLog.Restarting(logger);
                await Task.WhenAll(layout.Shards.Select(shard => BeginAsync(shard, cancellationToken))).ConfigureAwait(false);
                await Task.WhenAll(layout.Shards.Select(shard => LoadAsync(shard, cancellationToken))).ConfigureAwait(false);
                Volatile.Write(ref _generation, generation + 1);
            }
        }
        finally
        {
            _restarting.Release();
        }
    }

    private async Task BeginAsync(ShardKeys shard, CancellationToken cancellationToken)
    {
        var known = await connection.AskAsync(connection.Database.StringGetAsync(shard.Epoch), cancellationToken).ConfigureAwait(false);
        _ = await BeginAsync(shard, known, cancellationToken).ConfigureAwait(false);
    }

    // The epoch then: a new one, unless somebody else has changed the one that is given.
    private async Task<string?> BeginAsync(ShardKeys shard, RedisValue known, CancellationToken cancellationToken) => (string?)await connection.AskAsync(
        connection.Database.ExecuteAsync(
            "EVAL", Arguments(RedisScript.BeginStream, shard, shard.Prices, EpochText.Next(), known.IsNull ? RedisValue.EmptyString : known)),
        cancellationToken).ConfigureAwait(false);

    // Called with nothing to do on a key of every shard, so that every server of a cluster that holds one learns them.
    private async Task LoadAsync(ShardKeys shard, CancellationToken cancellationToken)
    {
        var database = connection.Database;
        foreach (var (script, channel) in new[] { (RedisScript.PublishFigures, shard.Volatility), (RedisScript.PublishTicks, shard.Prices) })
        {
            await connection.AskAsync(
                database.ExecuteAsync("EVAL", Arguments(script, shard, channel, EpochText.Next(), 0, RedisValue.EmptyString)), cancellationToken).ConfigureAwait(false);
        }
    }

    private static object[] Arguments(RedisScript script, ShardKeys shard, params RedisValue[] values) =>
        [script.Text, shard.Stream.Length, .. shard.Stream, .. values];
}
