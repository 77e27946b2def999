using System.Collections.Concurrent;

namespace Tracera.Testing;

/// <summary>A sink that fails as scripted, write by write, and hands everything else to another sink.</summary>
/// <param name="inner">Takes the writes that do not fail.</param>
/// <remarks>Thread-safe.</remarks>
public sealed class FaultySink(IPriceSink inner) : IPriceSink
{
    private readonly ConcurrentQueue<Func<PriceBatch, CancellationToken, ValueTask<WriteOutcome>>> _script = new();
    private readonly CountSignal _tried = new();
    private volatile Exception? _failure;

    /// <summary>While set, every write that is not scripted fails with it: the target is away. Null: it is back.</summary>
    public Exception? Failure
    {
        get => _failure;
        set => _failure = value;
    }

    /// <summary>The next writes fail.</summary>
    /// <param name="exception">What is thrown.</param>
    /// <param name="times">How often.</param>
    /// <returns>This sink.</returns>
    public FaultySink FailNext(Exception exception, int times = 1) => Next((_, _) => throw exception, times);

    /// <summary>The next write reaches the inner sink and fails then: the answer was lost, as with a commit whose outcome is unknown.</summary>
    /// <param name="exception">What is thrown.</param>
    /// <returns>This sink.</returns>
    public FaultySink FailNextAfterWriting(Exception exception) => Next(
        async (batch, cancellationToken) =>
        {
            await inner.WriteAsync(batch, cancellationToken).ConfigureAwait(false);
            throw exception;
        },
        1);

    /// <summary>The next write waits for a task, or for its cancellation, before it reaches the inner sink.</summary>
    /// <param name="signal">The task.</param>
    /// <returns>This sink.</returns>
    public FaultySink HoldNext(Task signal) => Next(
        async (batch, cancellationToken) =>
        {
            await signal.WaitAsync(cancellationToken).ConfigureAwait(false);
            return await inner.WriteAsync(batch, cancellationToken).ConfigureAwait(false);
        },
        1);

    /// <summary>Waits until so many writes were tried in all.</summary>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when they were.</returns>
    public Task WhenTriedAsync(int count, CancellationToken cancellationToken = default) => _tried.WhenAsync(count, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<WriteOutcome> WriteAsync(PriceBatch batch, CancellationToken cancellationToken)
    {
        _tried.Add(1);
        if (_script.TryDequeue(out var step))
        {
            return await step(batch, cancellationToken).ConfigureAwait(false);
        }

        return _failure is { } failure ? throw failure : await inner.WriteAsync(batch, cancellationToken).ConfigureAwait(false);
    }

    private FaultySink Next(Func<PriceBatch, CancellationToken, ValueTask<WriteOutcome>> step, int times)
    {
        for (var i = 0; i < times; i++)
        {
            _script.Enqueue(step);
        }

        return this;
    }
}
