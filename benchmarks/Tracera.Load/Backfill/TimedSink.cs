namespace Tracera.Load;

/// <summary>The durable sink, with the time from receipt to commit of every tick of now.</summary>
internal sealed class TimedSink(IPriceSink inner, TimeProvider time) : IPriceSink, IAsyncDisposable
{
    private readonly Lock _gate = new();
    private List<double> _latencies = [];
    private long _history;

    /// <summary>How many ticks of the backfill lane were taken.</summary>
    public long History => Volatile.Read(ref _history);

    /// <summary>The latencies since the last call, in milliseconds.</summary>
    public List<double> Take()
    {
        lock (_gate)
        {
            var taken = _latencies;
            _latencies = [];
            return taken;
        }
    }

    public async ValueTask<WriteOutcome> WriteAsync(PriceBatch batch, CancellationToken cancellationToken)
    {
        var outcome = await inner.WriteAsync(batch, cancellationToken);
        if (batch.Lane == BatchLane.Backfill)
        {
            Interlocked.Add(ref _history, batch.Count);
            return outcome;
        }

        var now = UnixTime.ToMicroseconds(time.GetUtcNow());
        lock (_gate)
        {
            foreach (ref readonly var tick in batch.Ticks.Span)
            {
                _latencies.Add((now - tick.ReceivedAtMicroseconds) / 1_000.0);
            }
        }

        return outcome;
    }

    public ValueTask DisposeAsync() => (inner as IAsyncDisposable)?.DisposeAsync() ?? ValueTask.CompletedTask;
}
