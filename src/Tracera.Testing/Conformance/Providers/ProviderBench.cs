using System.Text.RegularExpressions;

namespace Tracera.Testing;

/// <summary>What the checks of a provider do with it. Every cycle is looked through for what holds of all cycles.</summary>
internal sealed partial class ProviderBench(ProviderSubject subject, Findings findings, (DateTimeOffset From, DateTimeOffset To)? part = null)
{
    /// <summary>How far ahead of the clock a price may be.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    public ProviderSubject Subject { get; } = subject;

    public Findings Findings { get; } = findings;

    /// <summary>The served answer's rows; null when it is no JSON with rows.</summary>
    public JsonBody? Json { get; } = JsonBody.Find(subject.Body);

    /// <summary>The served answer's rows for a rule about them. Where there are none the rule is broken: what cannot be looked at is not passed over in silence.</summary>
    public JsonBody? RowsFor(ConformanceRule rule)
    {
        Findings.Expect(
            rule, Json is not null, "It cannot be looked at, because the served answer is no JSON whose rows are objects. Serve such an answer, or except the rule and say why.");
        return Json;
    }

    public async Task<string> NameAsync()
    {
        await using var session = Open(_ => Venue.Json(Subject.Body));
        return Subject.Range is null || session.Provider is IBackfillProvider
            ? session.Provider.GetType().Name
            : throw new InvalidOperationException($"{session.Provider.GetType().Name} is no {nameof(IBackfillProvider)}, which {nameof(ProviderConformance.Backfill)}(…) asks for a range.");
    }

    public ProviderSession Open(Func<HttpRequestMessage, HttpResponseMessage> answer, bool isWhole = true) => Open((request, _) => Task.FromResult(answer(request)), isWhole);

    public ProviderSession Open(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer, bool isWhole = true) =>
        Subject.Open(new Venue(Subject, answer, isWhole, Findings.Token), Findings.Time);

    /// <summary>Runs one cycle of a new provider against an answer.</summary>
    public async Task<ProviderCycle> FetchAsync(Func<HttpRequestMessage, HttpResponseMessage> answer, bool isWhole = true)
    {
        await using var session = Open(answer, isWhole);
        return await FetchAsync(session).ConfigureAwait(false);
    }

    public Task<ProviderCycle> FetchAsync(byte[] body) => FetchAsync(_ => Venue.Json(body));

    /// <summary>The same bench for a part of the range.</summary>
    public ProviderBench For((DateTimeOffset From, DateTimeOffset To) ofRange) => new(Subject, Findings, ofRange);

    /// <summary>What is asked of the provider: a cycle, or a range of the past.</summary>
    public IAsyncEnumerable<RawPrice> RowsAsync(ProviderSession session, FetchContext context, CancellationToken cancellationToken) => (part ?? Subject.Range) is { } range
        ? ((IBackfillProvider)session.Provider).BackfillAsync(context, range.From, range.To, cancellationToken)
        : session.Provider.FetchAsync(context, cancellationToken);

    public async Task<ProviderCycle> FetchAsync(ProviderSession session, string currency = "")
    {
        var rows = new CycleRows(Findings.Token);
        session.Venue.Begin();
        var error = await ReadAsync(session, currency, rows).ConfigureAwait(false);
        if (error is StuckException || rows.IsOverrun || session.Venue.IsOverrun)
        {
            throw new StuckException(((error as StuckException)?.Message ?? "A cycle has no end.") + session.Venue.Repeats());
        }

        var cycle = new ProviderCycle(rows.Prices, rows.Rejections, error);
        Inspect(cycle);
        return cycle;
    }

    public FetchContext Context(ProviderSession session, string currency, CycleRows rows)
    {
        var options = new ProviderOptions { Currency = currency.Length > 0 ? currency : session.Options.Currency };
        foreach (var item in session.Options.Items)
        {
            options.Items.Add(item);
        }

        var now = Findings.Time.GetUtcNow();
        return new FetchContext(Subject.Name ?? "conformance", RunId.New(now), now, options, rows.Add);
    }

    private async Task<Exception?> ReadAsync(ProviderSession session, string currency, CycleRows rows)
    {
        try
        {
            await Findings.StepAsync(() => ReadAsync(RowsAsync(session, Context(session, currency, rows), Findings.Token), rows), "A cycle").ConfigureAwait(false);
            return null;
        }
        catch (Exception exception) when (!Findings.Token.IsCancellationRequested)
        {
            return exception;
        }
    }

    private static async Task ReadAsync(IAsyncEnumerable<RawPrice> prices, CycleRows rows)
    {
        await foreach (var price in prices.ConfigureAwait(false))
        {
            rows.Add(price);
        }
    }

    private void Inspect(ProviderCycle cycle)
    {
        var latest = Findings.Time.GetUtcNow() + Ahead;
        foreach (var price in cycle.Prices)
        {
            Findings.Expect(ProviderRules.PositivePrice, price.Price > 0, $"{price}.");
            Findings.Expect(ProviderRules.Names, !string.IsNullOrWhiteSpace(price.Category) && !string.IsNullOrWhiteSpace(price.Name), $"{price}.");
            Findings.Expect(ProviderRules.Volume, price.Volume is null or >= 0, $"{price}.");
            Findings.Expect(ProviderRules.ObservedAt, price.ObservedAt is null || price.ObservedAt <= latest, $"{price}, and the clock shows {Findings.Time.GetUtcNow():O}.");
        }

        foreach (var series in cycle.Prices.Select(price => price.Source).Distinct(ReferenceEqualityComparer.Instance).Cast<SourceDescriptor>().GroupBy(source => (source.Name, source.Currency, source.Kind)))
        {
            Findings.Expect(ProviderRules.OneDescriptor, series.Count() == 1, $"{series.Count()} descriptor objects stand for {series.First()} in one cycle.");
        }

        foreach (var rejection in cycle.Rejections)
        {
            Findings.Expect(ProviderRules.RejectReasons, Reason().IsMatch(rejection.Reason), $"'{rejection.Reason}'.");
            ExpectNoSecret(rejection.Sample, "The sample of a rejected row");
        }

        for (var error = cycle.Error; error is not null; error = error.InnerException)
        {
            ExpectNoSecret(error.Message, $"The message of a {error.GetType().Name}");
        }
    }

    private void ExpectNoSecret(string? text, string where)
    {
        lock (Subject.Secrets)
        {
            var found = Subject.Secrets.FirstOrDefault(secret => text?.Contains(secret.Key, StringComparison.Ordinal) == true);
            Findings.Expect(ProviderRules.NoSecrets, found.Key is null, $"{where} holds {found.Value}.");
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
    private static partial Regex Reason();
}
