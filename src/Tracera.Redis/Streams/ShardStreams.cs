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
    private readonly long[] _epochs = new long[layout.Shards.Count];
    private int _generation;

    /// <summary>Raised when a shard's epoch is not the one that was known, from any thread.</summary>
    public event Action? EpochChanged;

    /// <summary>The epoch that a shard was last seen in; 0 before the first time.</summary>
    public long EpochOf(int shard) => Interlocked.Read(ref _epochs[shard]);

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
        var keys = layout.Shards[shard];
        var answer = (RedisResult[])(await CallAsync(RedisScript.PublishFigures, keys, [keys.Volatility, EpochText.Next(), count, figures], cancellationToken).ConfigureAwait(false))!;
        return Note(shard, (string?)answer[0], (long)answer[1]);
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
        var answer = (RedisResult[])(await CallAsync(RedisScript.PublishTicks, keys, values, cancellationToken).ConfigureAwait(false))!;
        return new PublishResult(Note(keys.Shard, (string?)answer[0], (long)answer[1]), (int)answer[2], (int)answer[3], (int)answer[4]);
    }

    private StreamPoint Note(int shard, string? text, long offset)
    {
        var epoch = EpochText.Parse(text);
        if (Interlocked.Exchange(ref _epochs[shard], epoch) != epoch)
        {
            StreamLog.NewEpoch(logger, shard, epoch);
            EpochChanged?.Invoke();
        }

        return new StreamPoint(shard, epoch, offset);
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
        var database = connection.Database;
        var known = await connection.AskAsync(database.StringGetAsync(shard.Epoch), cancellationToken).ConfigureAwait(false);
        var expected = known.IsNull ? RedisValue.EmptyString : known;
        await connection.AskAsync(
            database.ExecuteAsync("EVAL", Arguments(RedisScript.BeginStream, shard, shard.Prices, EpochText.Next(), expected)), cancellationToken).ConfigureAwait(false);
    }

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
