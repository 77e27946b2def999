namespace Tracera.Testing;

/// <summary>What is promised of a range of the past, beside what is promised of a cycle. The venue's answer is the same whatever it is asked for.</summary>
internal static class ProviderBackfillChecks
{
    public static IReadOnlyList<(ConformanceRule Rule, Func<ProviderBench, Task> Check)> All { get; } =
        [(ProviderRules.BackfillTimes, RangeAsync), (ProviderRules.BackfillRange, PartsAsync)];

    private static async Task RangeAsync(ProviderBench bench)
    {
        var (from, to) = bench.Subject.Range!.Value;
        var prices = (await bench.FetchAsync(bench.Subject.Body).ConfigureAwait(false)).Prices;
        for (var at = 0; at < prices.Count; at++)
        {
            bench.Findings.Expect(ProviderRules.BackfillTimes, prices[at].ObservedAt is not null, $"{prices[at]}.");
            bench.Findings.Expect(
                ProviderRules.BackfillRange, prices[at].ObservedAt is null || (prices[at].ObservedAt >= from && prices[at].ObservedAt < to), $"Asked for {from:O} to {to:O} it gave {prices[at]}.");
            bench.Findings.Expect(
                ProviderRules.BackfillOrder, at == 0 || !(prices[at].ObservedAt < prices[at - 1].ObservedAt), $"Behind {prices[Math.Max(0, at - 1)]} it gave {prices[at]}.");
        }
    }

    // Asked for the two sides of the newest price, it gives that one to the later side, and nothing twice or to none.
    private static async Task PartsAsync(ProviderBench bench)
    {
        var (from, to) = bench.Subject.Range!.Value;
        var whole = (await bench.FetchAsync(bench.Subject.Body).ConfigureAwait(false)).Prices;
        if (whole.Max(price => price.ObservedAt) is { } newest)
        {
            await PartAsync(bench, (from, newest), whole.Where(price => price.ObservedAt < newest)).ConfigureAwait(false);
            await PartAsync(bench, (newest, to), whole.Where(price => price.ObservedAt >= newest)).ConfigureAwait(false);
        }
    }

    private static async Task PartAsync(ProviderBench bench, (DateTimeOffset From, DateTimeOffset To) range, IEnumerable<RawPrice> expected)
    {
        var part = bench.For(range);
        bench.Findings.ExpectSame(
            ProviderRules.BackfillRange,
            expected,
            (await part.FetchAsync(bench.Subject.Body).ConfigureAwait(false)).Prices,
            $"The prices of {range.From:O} to {range.To:O} in the same answer");
    }
}
