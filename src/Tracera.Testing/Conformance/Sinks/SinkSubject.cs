namespace Tracera.Testing;

/// <summary>A sink under its contract, and what its caller said of it.</summary>
internal sealed class SinkSubject<TSink>(Func<CancellationToken, ValueTask<TSink>> open)
    where TSink : IPriceSink
{
    public Func<TSink, CancellationToken, ValueTask<IReadOnlyList<PriceTick>>>? Read { get; set; }

    public Action<TSink>? GoAway { get; set; }

    public Action<TSink>? ComeBack { get; set; }

    public Action<TSink>? Stall { get; set; }

    public Action<TSink>? Resume { get; set; }

    public bool IsDurable { get; set; }

    public IReadOnlyList<PriceTick> Ticks { get; set; } = DefaultTicks;

    public bool HasDefaultTicks => ReferenceEquals(Ticks, DefaultTicks);

    private static IReadOnlyList<PriceTick> DefaultTicks { get; } =
        [.. Enumerable.Range(1, 3).Select(i => new PriceTick(new ItemId(i), new SourceId(1), i + 0.25m, i, 1_767_225_600_000_000, 1_767_225_600_500_000))];

    /// <summary>Opens a sink for one check and closes it after.</summary>
    public async Task UseAsync(Func<TSink, Task> check, CancellationToken cancellationToken)
    {
        var sink = await open(cancellationToken).ConfigureAwait(false);
        try
        {
            await check(sink).ConfigureAwait(false);
        }
        finally
        {
            if (sink is IAsyncDisposable disposable)
            {
                await disposable.DisposeAsync().ConfigureAwait(false);
            }
            else
            {
                (sink as IDisposable)?.Dispose();
            }
        }
    }
}
