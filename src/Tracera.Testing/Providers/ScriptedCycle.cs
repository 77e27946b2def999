namespace Tracera.Testing;

/// <summary>What a <see cref="ScriptedProvider"/> does in one cycle, step by step.</summary>
public sealed class ScriptedCycle
{
    internal List<Func<FetchContext, CancellationToken, ValueTask<RawPrice?>>> Steps { get; } = [];

    /// <summary>Yields prices.</summary>
    /// <param name="prices">The prices, in order.</param>
    /// <returns>This cycle.</returns>
    public ScriptedCycle Yield(params IEnumerable<RawPrice> prices)
    {
        Steps.AddRange(prices.Select(price => (Func<FetchContext, CancellationToken, ValueTask<RawPrice?>>)((_, _) => new(price))));
        return this;
    }

    /// <summary>Rejects a row.</summary>
    /// <param name="name">The item's name, or null.</param>
    /// <param name="reason">Why.</param>
    /// <param name="sample">A piece of the row, or null.</param>
    /// <returns>This cycle.</returns>
    public ScriptedCycle Reject(string? name, string reason, string? sample = null) => Do((context, _) =>
    {
        context.Reject(name, reason, sample);
        return default;
    });

    /// <summary>Goes on only when a task has ended; cancellation ends the wait.</summary>
    /// <param name="signal">The task.</param>
    /// <returns>This cycle.</returns>
    public ScriptedCycle WaitFor(Task signal) => Do(async (_, cancellationToken) => await signal.WaitAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>Goes on only when a task has ended, and does not listen to cancellation: a provider that misbehaves.</summary>
    /// <param name="signal">The task.</param>
    /// <returns>This cycle.</returns>
    public ScriptedCycle WaitStubbornlyFor(Task signal) => Do(async (_, _) => await signal.ConfigureAwait(false));

    /// <summary>Fails.</summary>
    /// <param name="exception">What is thrown.</param>
    /// <returns>This cycle.</returns>
    public ScriptedCycle Throw(Exception exception) => Do((_, _) => throw exception);

    /// <summary>Does anything else.</summary>
    /// <param name="step">The step.</param>
    /// <returns>This cycle.</returns>
    public ScriptedCycle Do(Func<FetchContext, CancellationToken, ValueTask> step)
    {
        Steps.Add(async (context, cancellationToken) =>
        {
            await step(context, cancellationToken).ConfigureAwait(false);
            return null;
        });
        return this;
    }
}
