namespace Tracera.Postgres.Tests;

/// <summary>Writes random batches, some of them in vain at first, and holds each outcome and in the end all rows against a model of the contract.</summary>
internal sealed class SinkAudit(TestStore store, int seed)
{
    private const int Items = 60;
    private readonly Random _random = new(seed);
    private readonly Dictionary<(SeriesKey, long), PriceTick> _model = [];
    private readonly List<PriceTick> _sent = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Runs it in an empty store.</summary>
    /// <returns>What is wrong, or null.</returns>
    public async Task<string?> FindAsync(int rounds, Func<Random, IPriceSink> sinkOf)
    {
        await store.ScalarAsync(CommitRefusal.SetUp);
        for (var round = 0; round < rounds; round++)
        {
            var ticks = Mixed(round);
            _sent.AddRange(ticks);
            if (await FindAsync(sinkOf(_random), ticks) is { } wrong)
            {
                return $"Round {round}: {wrong}";
            }
        }

        var rows = await store.TicksAsync();
        return rows.SequenceEqual(_model.Values.OrderBy(tick => tick.ObservedAtMicroseconds).ThenBy(tick => tick.Item).ThenBy(tick => tick.Source))
            ? null
            : $"The {rows.Count} rows differ from the {_model.Count} that the outcomes tell of.";
    }

    private async Task<string?> FindAsync(IPriceSink sink, PriceTick[] ticks)
    {
        var batch = Ticks.Batch(ticks);
        if (_random.Next(6) == 0)
        {
            await store.ScalarAsync(CommitRefusal.Begin);
            var refused = await Record.ExceptionAsync(async () => await sink.WriteAsync(batch, Token));
            await store.ScalarAsync(CommitRefusal.End);
            if (refused is not SinkException)
            {
                return "a batch was acknowledged and never committed.";
            }
        }

        var (expected, outcome) = (Apply(ticks), default(WriteOutcome));
        var fault = await Record.ExceptionAsync(async () => outcome = await sink.WriteAsync(batch, Token));
        return fault is null && outcome == expected ? null : $"{fault?.Message ?? outcome.ToString()}; expected: {expected}.";
    }

    // Mostly the next second of many series; some that were sent before, unchanged or corrected; some twice; some late.
    private PriceTick[] Mixed(int second)
    {
        var (ticks, repeats) = (new List<PriceTick>(), _random.Next(4) * _random.Next(Items / 2));
        foreach (var item in Enumerable.Range(1, Items).Where(_ => _random.Next(4) > 0))
        {
            ticks.Add(Ticks.Far(item, second + (_random.Next(10) == 0 ? 0.5 : 0), _random.Next(1, 4), source: 1 + (item % 2)));
        }

        for (var i = 0; i < repeats; i++)
        {
            var known = i % 3 == 0 || _sent.Count == 0 ? ticks[_random.Next(ticks.Count)] : _sent[_random.Next(_sent.Count)];
            var changed = known with { Price = _random.Next(1, 4), ReceivedAtMicroseconds = known.ReceivedAtMicroseconds + _random.Next(-1, 2) };
            ticks.Insert(_random.Next(ticks.Count), _random.Next(2) == 0 ? known : changed);
        }

        if (_random.Next(3) == 0)
        {
            ticks.Add(Ticks.Far(_random.Next(1, Items), _random.Next(-1_000, 0)));
        }

        return [.. ticks];
    }

    // Of a batch one tick a key counts, the one that would stand; the others are duplicates.
    private WriteOutcome Apply(PriceTick[] batch)
    {
        var (written, corrected) = (0, 0);
        foreach (var key in batch.GroupBy(tick => (tick.Series, tick.ObservedAtMicroseconds)))
        {
            var tick = key.Aggregate((stands, next) => Replaces(next, stands) ? next : stands);
            if (!_model.TryGetValue(key.Key, out var known))
            {
                (written, _model[key.Key]) = (written + 1, tick);
            }
            else if (Replaces(tick, known))
            {
                (corrected, _model[key.Key]) = (corrected + 1, tick);
            }
        }

        return new WriteOutcome(written, batch.Length - written - corrected, corrected);
    }

    private static bool Replaces(in PriceTick tick, in PriceTick known) =>
        tick.ReceivedAtMicroseconds > known.ReceivedAtMicroseconds && (tick.Price, tick.Volume) != (known.Price, known.Volume);
}
