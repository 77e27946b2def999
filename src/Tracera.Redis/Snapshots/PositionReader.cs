using StackExchange.Redis;

namespace Tracera.Redis;

/// <summary>Reads where every stream stands. Thread-safe.</summary>
/// <remarks>
/// Those who ask while a reading is under way share the next one: nobody gets a reading that was begun before it asked, and however many ask, one is under way. One
/// command, or one for each shard where a cluster spreads them.
/// </remarks>
internal sealed class PositionReader
{
    private const string OtherSlot = "CROSSSLOT";
    private readonly RedisConnection _connection;
    private readonly RedisKey[][] _shards;
    private readonly RedisKey[] _all;
    private readonly Lock _gate = new();
    private TaskCompletionSource<LocatedStreams>? _asked;
    private bool _isReading;
    private volatile bool _isSpread;
    private LocatedStreams _last = new([]);

    public PositionReader(RedisConnection connection, RedisLayout layout)
    {
        _connection = connection;
        _shards = [.. layout.Shards.Select(shard => new[] { shard.Epoch, shard.Offset })];
        _all = [.. _shards.SelectMany(keys => keys)];
    }

    public async Task<LocatedStreams> ReadAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource<LocatedStreams> asked;
        bool isFirst;
        lock (_gate)
        {
            // Whoever waits goes on by itself: one thread must not answer all of them one after the other.
            asked = _asked ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            (isFirst, _isReading) = (!_isReading, true);
        }

        if (isFirst)
        {
            _ = ReadForAllAsync();
        }

        return await asked.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task ReadForAllAsync()
    {
        while (TakeAsked() is { } asked)
        {
            var reading = ReadAsync();
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            End(asked, reading);
            if (!reading.IsCompletedSuccessfully && TakeWaiting() is { } waiting)
            {
                // Those who asked meanwhile need not wait for their turn to learn it.
                End(waiting, reading);
            }
        }
    }

    private static void End(TaskCompletionSource<LocatedStreams> asked, Task<LocatedStreams> reading)
    {
        asked.SetFromTask(reading);

        // Everybody who asked may have gone.
        _ = asked.Task.Exception;
    }

    private TaskCompletionSource<LocatedStreams>? TakeWaiting()
    {
        lock (_gate)
        {
            var waiting = _asked;
            _asked = null;
            return waiting;
        }
    }

    private TaskCompletionSource<LocatedStreams>? TakeAsked()
    {
        lock (_gate)
        {
            var asked = _asked;
            (_asked, _isReading) = (null, asked is not null);
            return asked;
        }
    }

    private async Task<LocatedStreams> ReadAsync()
    {
        var values = await (_isSpread ? ReadEachAsync() : ReadAtOnceAsync()).ConfigureAwait(false);
        var points = new StreamPoint?[_shards.Length];
        for (var shard = 0; shard < points.Length; shard++)
        {
            var (epoch, offset) = (EpochText.Parse(values[2 * shard]), (long?)values[(2 * shard) + 1] ?? 0);
            points[shard] = epoch == 0 ? null : new StreamPoint(shard, epoch, offset);
        }

        return _last = _last.Equals(points) ? _last : new LocatedStreams(points);
    }

    private async Task<RedisValue[]> ReadAtOnceAsync()
    {
        try
        {
            return await AskAsync(_all).ConfigureAwait(false);
        }
        catch (RedisCommandException)
        {
            // So says the client where it knows of the cluster,
        }
        catch (RedisServerException fault) when (fault.Message.StartsWith(OtherSlot, StringComparison.Ordinal))
        {
            // and so the server.
        }

        _isSpread = true;
        return await ReadEachAsync().ConfigureAwait(false);
    }

    private async Task<RedisValue[]> ReadEachAsync()
    {
        var parts = await Task.WhenAll(_shards.Select(AskAsync)).ConfigureAwait(false);
        return [.. parts.SelectMany(part => part)];
    }

    private Task<RedisValue[]> AskAsync(RedisKey[] keys) => _connection.AskAsync(_connection.Database.StringGetAsync(keys), CancellationToken.None);
}
