using System.Runtime.CompilerServices;

namespace Tracera.Postgres.Tests;

/// <summary>Streams prices at an even rate, each with its own key and its number as its price, and counts them: the outside ledger.</summary>
internal sealed class PacedProvider(int perSecond) : IStreamingPriceProvider
{
    public const int Items = 1_000;
    private const int StepsPerSecond = 50;
    private static readonly SourceDescriptor Market = new("market", Currency.Usd);
    private static readonly string[] Names = [.. Enumerable.Range(0, Items).Select(i => $"item {i}")];
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _warm = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly DateTimeOffset _start = TimeProvider.System.GetUtcNow().AddMinutes(-30);
    private long _yielded;

    /// <summary>How many prices were taken from it.</summary>
    public long Yielded => Interlocked.Read(ref _yielded);

    /// <summary>Begins to yield, and waits until every name was met more than once: what is not known while the store is away would be rejected.</summary>
    public Task BeginAsync(CancellationToken cancellationToken)
    {
        _begun.TrySetResult();
        return _warm.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Yields nothing more.</summary>
    public void Finish() => _finished.TrySetResult();

    public async IAsyncEnumerable<RawPrice> StreamAsync(FetchContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await _begun.Task.WaitAsync(cancellationToken);
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / StepsPerSecond), TimeProvider.System);
        while (!_finished.Task.IsCompleted && await pace.WaitForNextTickAsync(cancellationToken))
        {
            context.ReportProgress();
            for (var i = 0; i < perSecond / StepsPerSecond; i++)
            {
                var n = Interlocked.Increment(ref _yielded);
                if (n == 3 * Items)
                {
                    _warm.TrySetResult();
                }

                yield return new RawPrice("load", Names[n % Items], n, Market, null, _start.AddMicroseconds(n * UnixTime.MicrosecondsPerSecond / perSecond));
            }
        }

        await _finished.Task.WaitAsync(cancellationToken);
    }
}
