namespace Tracera.Load;

/// <summary>A sink that counts what it is given and lets it go.</summary>
internal sealed class NullSink : IPriceSink
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _reached = new();
    private long _count;
    private long _wanted;

    public long Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    /// <summary>Ends when so many ticks have come.</summary>
    public Task WhenAsync(long count)
    {
        lock (_gate)
        {
            (_wanted, _reached) = (count, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            Check();
            return _reached.Task;
        }
    }

    public ValueTask<WriteOutcome> WriteAsync(PriceBatch batch, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _count += batch.Count;
            Check();
        }

        return new(WriteOutcome.AllWritten(batch));
    }

    private void Check()
    {
        if (_count >= _wanted)
        {
            _reached.TrySetResult();
        }
    }
}
