namespace Tracera.Testing;

/// <summary>What is promised of an answer as the venue gives it.</summary>
internal static class ProviderAnswerChecks
{
    private const string AnotherCurrency = "EUR";

    public static IReadOnlyList<(ConformanceRule Rule, Func<ProviderBench, Task> Check)> All { get; } =
    [
        (ProviderRules.YieldsPrices, YieldsPricesAsync),
        (ProviderRules.Deterministic, DeterministicAsync),
        (ProviderRules.Currency, CurrencyAsync),
    ];

    private static async Task YieldsPricesAsync(ProviderBench bench)
    {
        var cycle = await bench.FetchAsync(bench.Subject.Body).ConfigureAwait(false);
        bench.Findings.Expect(ProviderRules.YieldsPrices, cycle is { Error: null, Prices.Count: > 0 }, $"The served answer gave {cycle}.");
    }

    private static async Task DeterministicAsync(ProviderBench bench)
    {
        await using var session = bench.Open(_ => Venue.Json(bench.Subject.Body));
        var first = await bench.FetchAsync(session).ConfigureAwait(false);
        var second = await bench.FetchAsync(session).ConfigureAwait(false);
        bench.Findings.Expect(ProviderRules.Deterministic, first.Error is not null || second.Error is null, $"Of the same answer the first cycle gave {first}, and the second {second}.");
        bench.Findings.ExpectSame(ProviderRules.Deterministic, first.Prices, second.Prices, "The prices of the same answer in a second cycle");
        bench.Findings.ExpectSame(ProviderRules.Deterministic, first.Rejections, second.Rejections, "The rejected rows of the same answer in a second cycle");
        var sources = first.Prices.Concat(second.Prices).Select(price => price.Source).Distinct(ReferenceEqualityComparer.Instance).Count();
        bench.Findings.Expect(
            ProviderRules.OneDescriptor, sources == first.Prices.Select(price => price.Source).Distinct().Count(), $"Two cycles made {sources} descriptor objects.");
    }

    private static async Task CurrencyAsync(ProviderBench bench)
    {
        var own = await CurrenciesAsync(bench, "USD").ConfigureAwait(false);
        var other = await CurrenciesAsync(bench, AnotherCurrency).ConfigureAwait(false);
        bench.Findings.Expect(ProviderRules.Currency, own.Concat(other).All(currency => !currency.IsNone), "A price has no currency.");
        var asked = Currency.Parse(AnotherCurrency);
        bench.Findings.Expect(
            ProviderRules.Currency,
            other.All(currency => currency == asked) || other.IsSubsetOf(own),
            $"Asked for {AnotherCurrency} it says {string.Join(", ", other)}, and asked for USD {string.Join(", ", own)}.");
    }

    private static async Task<HashSet<Currency>> CurrenciesAsync(ProviderBench bench, string asked)
    {
        await using var session = bench.Open(_ => Venue.Json(bench.Subject.Body));
        return [.. (await bench.FetchAsync(session, asked).ConfigureAwait(false)).Prices.Select(price => price.Source.Currency)];
    }
}
