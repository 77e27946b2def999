namespace Tracera.Testing;

/// <summary>One subscription that is read step by step, and that remembers what it read.</summary>
internal sealed class BusListener(IUpdateSubscription subscription, Findings findings) : IAsyncDisposable
{
    // No check needs nearly as many updates: what goes on is the same ones again.
    private const int MostUpdates = 1_000;

    private readonly CancellationTokenSource _ending = CancellationTokenSource.CreateLinkedTokenSource(findings.Token);
    private IAsyncEnumerator<UpdateBatch>? _updates;

    public List<UpdateBatch> Seen { get; } = [];

    public IEnumerable<PriceTick> Prices => Seen.SelectMany(update => update.Prices.ToArray());

    public IEnumerable<VolatilitySnapshot> Figures => Seen.SelectMany(update => update.Volatility);

    public IUpdateSubscription Subscription => subscription;

    public async Task ReadAsync()
    {
        _updates ??= subscription.ReadAsync(_ending.Token).GetAsyncEnumerator(findings.Token);
        if (Seen.Count == MostUpdates)
        {
            throw new StuckException($"What was written is not among {MostUpdates:N0} updates.");
        }

        if (!await findings.StepAsync(() => _updates.MoveNextAsync().AsTask(), "A read of the next update").ConfigureAwait(false))
        {
            throw new InvalidOperationException("The updates ended although nobody cancelled.");
        }

        Seen.Add(_updates.Current);
    }

    /// <summary>Reads until a tick has come; everything before it is kept too.</summary>
    public async Task ReadUntilAsync(PriceTick last)
    {
        while (!Prices.Contains(last))
        {
            await ReadAsync().ConfigureAwait(false);
        }
    }

    public async Task ReadUntilFigureAsync(VolatilitySnapshot last)
    {
        while (!Figures.Any(figure => figure.Series == last.Series && figure.Window == last.Window && figure.ComputedAt == last.ComputedAt))
        {
            await ReadAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Cancels a read that waits, and says how it ended; null when it ended well.</summary>
    public async Task<Exception?> CancelWhileWaitingAsync()
    {
        _updates ??= subscription.ReadAsync(_ending.Token).GetAsyncEnumerator(findings.Token);
        var waiting = Task.Run(() => _updates.MoveNextAsync().AsTask(), CancellationToken.None);
        await _ending.CancelAsync().ConfigureAwait(false);
        try
        {
            await findings.WithinAsync(waiting, "A reading that was cancelled").ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException) when (!findings.Token.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception exception) when (!findings.Token.IsCancellationRequested)
        {
            return exception;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await subscription.DisposeAsync().ConfigureAwait(false);
        _ending.Dispose();
    }
}
