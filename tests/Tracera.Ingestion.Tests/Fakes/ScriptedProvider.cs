using System.Runtime.CompilerServices;

namespace Tracera.Ingestion.Tests;

/// <summary>A provider that runs a script in every cycle.</summary>
internal class ScriptedProvider(Func<FetchContext, CancellationToken, IAsyncEnumerable<RawPrice>> script) : IPriceProvider, IBackfillProvider
{
    private readonly Observed _changes = new();
    private int _cycles;

    public int Cycles => _cycles;

    /// <summary>Counts what it yields; null for nobody.</summary>
    public OutsideLedger? Outside { get; set; }

    public static SourceDescriptor Source { get; } = new("market", Currency.Usd);

    public static RawPrice Row(string name, decimal price, decimal? volume = null, DateTimeOffset? at = null) =>
        new("test", name, price, Source, volume, at);

    public static ScriptedProvider Of(params RawPrice[] rows) => new((_, _) => rows.ToAsyncEnumerable());

    public static ScriptedProvider Failing(Exception error) => new((_, _) => ThrowAsync(error));

    public IAsyncEnumerable<RawPrice> FetchAsync(FetchContext context, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _cycles);
        _changes.Changed();
        return Outside is { } outside
            ? CountAsync(outside, context, script(Counted(outside, context), cancellationToken), cancellationToken)
            : script(context, cancellationToken);
    }

    public IAsyncEnumerable<RawPrice> BackfillAsync(FetchContext context, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        FetchAsync(context, cancellationToken);

    public Task WhenCycleAsync(int cycles) => _changes.WhenAsync(() => Cycles >= cycles);

    public static async IAsyncEnumerable<RawPrice> HangAsync(Task until, [EnumeratorCancellation] CancellationToken cancellationToken, params RawPrice[] first)
    {
        foreach (var row in first)
        {
            yield return row;
        }

        await until.WaitAsync(cancellationToken);
    }

    private static async IAsyncEnumerable<RawPrice> CountAsync(
        OutsideLedger outside, FetchContext context, IAsyncEnumerable<RawPrice> rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            outside.Fetched(context.Provider, context.RunId, row.Price);
            yield return row;
        }
    }

    private static FetchContext Counted(OutsideLedger outside, FetchContext context)
    {
        var options = new ProviderOptions { Currency = context.Currency.Code };
        foreach (var item in context.Items)
        {
            options.Items.Add(item);
        }

        return new FetchContext(
            context.Provider,
            context.RunId,
            context.ScheduledAt,
            options,
            rejection =>
            {
                outside.Fetched(context.Provider, context.RunId, price: null);
                context.Reject(rejection.Name, rejection.Reason, rejection.Sample);
            },
            context.ReportProgress);
    }

    private static async IAsyncEnumerable<RawPrice> ThrowAsync(Exception error)
    {
        yield return Row("before", 1);
        await Task.Yield();
        throw error;
    }
}
