using System.Runtime.CompilerServices;

namespace Tracera.Testing;

/// <summary>A provider that does what it is told, cycle by cycle, and keeps the contexts that it was given.</summary>
/// <remarks>Thread-safe. After the last scripted cycle that one is repeated; without any, cycles are empty.</remarks>
public sealed class ScriptedProvider : IPriceProvider
{
    private readonly Lock _gate = new();
    private readonly List<ScriptedCycle> _cycles = [];
    private readonly List<FetchContext> _contexts = [];
    private readonly CountSignal _begun = new();
    private readonly CountSignal _ended = new();

    /// <summary>The contexts of the cycles that have begun, in order.</summary>
    public IReadOnlyList<FetchContext> Contexts
    {
        get
        {
            lock (_gate)
            {
                return [.. _contexts];
            }
        }
    }

    /// <summary>Adds a cycle.</summary>
    /// <param name="script">Says what happens in it.</param>
    /// <returns>This provider.</returns>
    public ScriptedProvider Cycle(Action<ScriptedCycle> script)
    {
        ArgumentNullException.ThrowIfNull(script);
        var cycle = new ScriptedCycle();
        script(cycle);
        lock (_gate)
        {
            _cycles.Add(cycle);
        }

        return this;
    }

    /// <summary>Waits until so many cycles have begun.</summary>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when they have.</returns>
    public Task WhenBegunAsync(int count, CancellationToken cancellationToken = default) => _begun.WhenAsync(count, cancellationToken);

    /// <summary>Waits until so many cycles have ended, in whatever way.</summary>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when they have.</returns>
    public Task WhenEndedAsync(int count, CancellationToken cancellationToken = default) => _ended.WhenAsync(count, cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<RawPrice> FetchAsync(FetchContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cycle = Begin(context);
        try
        {
            foreach (var step in cycle.Steps)
            {
                if (await step(context, cancellationToken).ConfigureAwait(false) is { } price)
                {
                    yield return price;
                }
            }
        }
        finally
        {
            _ended.Add(1);
        }
    }

    private ScriptedCycle Begin(FetchContext context)
    {
        lock (_gate)
        {
            var cycle = _cycles.Count == 0 ? new ScriptedCycle() : _cycles[Math.Min(_contexts.Count, _cycles.Count - 1)];
            _contexts.Add(context);
            _begun.Add(1);
            return cycle;
        }
    }
}
