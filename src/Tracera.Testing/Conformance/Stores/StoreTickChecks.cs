using System.Globalization;

namespace Tracera.Testing;

/// <summary>What is promised of writing.</summary>
internal static class StoreTickChecks
{
    private static readonly string[] Decimals =
        ["0.0000000000000000000000000001", "79228162514264337593543950335", "1.10", "100", "0.1", "12345678901234567890.123456789"];

    // Price, seconds until its receipt, and the price that stands after it.
    private static readonly (decimal Price, double ReceivedAfter, decimal Wins)[] Receipts = [(1, 5, 1), (2, 4, 1), (3, 5, 1), (4, 6, 4), (5, 5.5, 4), (6, 7, 6)];

    public static IReadOnlyList<(ConformanceRule Rule, Func<StoreBench, Task> Check)> All { get; } =
    [
        (StoreTickRules.Outcome, OutcomesAsync),
        (StoreTickRules.Key, RowsAsync),
        (StoreTickRules.Key, SameKeyInABatchAsync),
        (StoreTickRules.BatchAgain, BatchAgainAsync),
        (StoreTickRules.ExactDecimals, ExactDecimalsAsync),
        (StoreTickRules.Cancellation, CancelledAsync),
        (StoreTickRules.Durable, DurableAsync),
    ];

    private static async Task OutcomesAsync(StoreBench bench)
    {
        (decimal Price, decimal? Volume, double ReceivedAfter, WriteOutcome Outcome, string What)[] cases =
        [
            (1.0m, 5, 0, new WriteOutcome(0, 1), "the very tick again"),
            (1.00m, 5.0m, 60, new WriteOutcome(0, 1), "the same price and volume, received later"),
            (2, 5, 0, new WriteOutcome(0, 1), "another price, received at the same time"),
            (2, 5, -1, new WriteOutcome(0, 1), "another price, received earlier"),
            (2, 5, 0.1, new WriteOutcome(0, 0, 1), "another price, received later"),
            (1, 6, 0.1, new WriteOutcome(0, 0, 1), "another volume, received later"),
            (1, null, 0.1, new WriteOutcome(0, 0, 1), "no volume any more, received later"),
        ];
        for (var i = 0; i < cases.Length; i++)
        {
            var (price, volume, receivedAfter, outcome, what) = cases[i];
            var series = await bench.SeriesAsync($"item {i}").ConfigureAwait(false);
            var first = await bench.WriteAsync(StoreBench.Tick(series, bench.Now, 1.0m, 5)).ConfigureAwait(false);
            bench.Findings.ExpectEqual(StoreTickRules.Outcome, new WriteOutcome(1), first, "A new tick");
            var second = await bench.WriteAsync(StoreBench.Tick(series, bench.Now, price, volume, receivedAfter)).ConfigureAwait(false);
            bench.Findings.ExpectEqual(StoreTickRules.Outcome, outcome, second, $"Of a known key, {what}");
        }
    }

    private static async Task RowsAsync(StoreBench bench)
    {
        var series = await bench.SeriesAsync().ConfigureAwait(false);
        var other = await bench.SeriesAsync(source: "elsewhere").ConfigureAwait(false);
        PriceTick Of(SeriesKey key, decimal price, double receivedAfter) => StoreBench.Tick(key, bench.Now, price, 1, receivedAfter);
        foreach (var (price, receivedAfter, wins) in Receipts)
        {
            await bench.WriteAsync(Of(series, price, receivedAfter)).ConfigureAwait(false);
            var rows = await bench.TicksAsync(series).ConfigureAwait(false);
            bench.Findings.ExpectSame(StoreTickRules.Key, [wins], rows.Select(row => row.Price), $"The row after price {price}, received after {receivedAfter} s");
        }

        await bench.WriteAsync(Of(other, 9, 0), StoreBench.Tick(series, bench.Now.AddMicroseconds(1), 8)).ConfigureAwait(false);
        bench.Findings.ExpectSame(
            StoreTickRules.Key, [6m, 8], (await bench.TicksAsync(series).ConfigureAwait(false)).Select(row => row.Price), "The rows after a tick of a microsecond later");
        bench.Findings.ExpectSame(
            StoreTickRules.Key, [Of(other, 9, 0)], await bench.TicksAsync(other).ConfigureAwait(false), "The rows of another source at the same instant");
    }

    private static async Task SameKeyInABatchAsync(StoreBench bench)
    {
        var series = await bench.SeriesAsync().ConfigureAwait(false);
        PriceTick[] ticks = [.. Enumerable.Range(1, 3).Select(i => StoreBench.Tick(series, bench.Now, 4 - i, receivedAfter: 4 - i))];
        var outcome = await bench.WriteAsync(ticks).ConfigureAwait(false);
        bench.Findings.Expect(
            StoreTickRules.Outcome, outcome is { Written: 1, Total: 3, Conflated: 0, DeadLettered: 0 }, $"One key three times in a batch: {outcome}, expected one written of 3 in all.");
        bench.Findings.ExpectSame(
            StoreTickRules.Key, [3m], (await bench.TicksAsync(series).ConfigureAwait(false)).Select(row => row.Price), "The row after one key three times in a batch");
    }

    private static async Task BatchAgainAsync(StoreBench bench)
    {
        var series = await bench.SeriesAsync().ConfigureAwait(false);
        await bench.WriteAsync(StoreBench.Tick(series, bench.Now, 1)).ConfigureAwait(false);
        var batch = StoreBench.Batch(
            StoreBench.Tick(series, bench.Now, 1), StoreBench.Tick(series, bench.Now.AddSeconds(1), 2), StoreBench.Tick(series, bench.Now.AddSeconds(2), 3));
        var first = await bench.Store.Sink.WriteAsync(batch, bench.Token).ConfigureAwait(false);
        await bench.ReopenAsync().ConfigureAwait(false);
        var second = await bench.Store.Sink.WriteAsync(batch, bench.Token).ConfigureAwait(false);
        bench.Findings.ExpectEqual(StoreTickRules.Outcome, new WriteOutcome(2, 1), first, "Two new ticks and a known one");
        bench.Findings.ExpectEqual(StoreTickRules.BatchAgain, first, second, "The outcome of the batch when it is offered again");
        bench.Findings.ExpectEqual(StoreTickRules.BatchAgain, 3, (await bench.TicksAsync(series).ConfigureAwait(false)).Count, "Rows after the batch was offered again");
    }

    private static async Task ExactDecimalsAsync(StoreBench bench)
    {
        foreach (var text in Decimals)
        {
            var series = await bench.SeriesAsync($"of {text}", VolumeKind.Stock).ConfigureAwait(false);
            var value = decimal.Parse(text, CultureInfo.InvariantCulture);
            await bench.WriteAsync(StoreBench.Tick(series, bench.Now, value, value), StoreBench.Tick(series, bench.Now.AddMilliseconds(1), value, value)).ConfigureAwait(false);
            foreach (var row in await bench.TicksAsync(series).ConfigureAwait(false))
            {
                bench.Findings.ExpectEqual(StoreTickRules.ExactDecimals, ((decimal, decimal?))(value, value), (row.Price, row.Volume), $"Price and volume of {text}");
            }

            foreach (var bar in await bench.BarsAsync(series, BarLevel.Day7).ConfigureAwait(false))
            {
                bench.Findings.ExpectEqual(StoreTickRules.ExactDecimals, (value, value, value, value), (bar.Open, bar.High, bar.Low, bar.Close), $"The bar of {text}");
            }
        }
    }

    private static async Task CancelledAsync(StoreBench bench)
    {
        var series = await bench.SeriesAsync().ConfigureAwait(false);
        await bench.Findings.ExpectThrowAsync<OperationCanceledException>(
            StoreTickRules.Cancellation,
            async () => await bench.Store.Sink.WriteAsync(StoreBench.Batch(StoreBench.Tick(series, bench.Now, 1)), new CancellationToken(canceled: true)).ConfigureAwait(false),
            "A write that is cancelled beforehand").ConfigureAwait(false);
        bench.Findings.ExpectEqual(
            StoreTickRules.Cancellation, 0, (await bench.TicksAsync(series).ConfigureAwait(false)).Count, "Rows after a write that was cancelled beforehand");
    }

    private static async Task DurableAsync(StoreBench bench)
    {
        if (bench.PartFor(StoreTickRules.Durable, bench.Store.Reopen, nameof(StoreUnderTest.Reopen)) is null)
        {
            return;
        }

        var series = await bench.SeriesAsync().ConfigureAwait(false);
        PriceTick[] ticks = [.. Enumerable.Range(0, 50).Select(i => StoreBench.Tick(series, bench.Now.AddMinutes(-i), i + 1))];
        await bench.WriteAsync(ticks).ConfigureAwait(false);
        await bench.ReopenAsync().ConfigureAwait(false);
        bench.Findings.ExpectSame(StoreTickRules.Durable, ticks.Reverse(), await bench.TicksAsync(series).ConfigureAwait(false), "The rows after a new start");
    }
}
