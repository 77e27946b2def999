namespace Tracera.Testing;

/// <summary>What those who listen to a bus are promised.</summary>
internal static class BusListenerChecks
{
    private const int Many = 12;

    public static IReadOnlyList<(ConformanceRule Rule, Func<BusBench, Task> Check)> All { get; } =
    [
        (BusRules.TakesPart, TakesPartAsync),
        (BusRules.Order, OrderAsync),
        (BusRules.NeverBackwards, NeverBackwardsAsync),
        (BusRules.EverySubscriber, EverySubscriberAsync),
        (BusRules.Gap, GapAsync),
        (BusRules.NoFalseGap, NoFalseGapAsync),
        (BusRules.Figures, FiguresAsync),
        (BusRules.LiveOnly, LiveOnlyAsync),
        (BusRules.KeepsNoMemory, KeepsNoMemoryAsync),
        (BusRules.Cancellation, CancellationAsync),
    ];

    // Nothing has been read when the ticks are written, so the subscription itself must have taken part.
    private static async Task TakesPartAsync(BusBench bench)
    {
        await using var listener = await bench.ListenAsync().ConfigureAwait(false);
        await bench.WriteAsync(bench.Tick(0, 1)).ConfigureAwait(false);
        await bench.WriteAsync(bench.Tick(0, 2), bench.Tick(1, 2)).ConfigureAwait(false);
        await listener.ReadUntilAsync(bench.Tick(1, 2)).ConfigureAwait(false);
        await listener.ReadUntilAsync(bench.Tick(0, 2)).ConfigureAwait(false);
        bench.Findings.Expect(
            BusRules.TakesPart, listener.Prices.Contains(bench.Tick(0, 1)), "A tick that was written after the subscription is not among the updates.");
    }

    private static async Task OrderAsync(BusBench bench)
    {
        await using var listener = await bench.ListenAsync().ConfigureAwait(false);
        for (var i = 0; i < Many; i++)
        {
            await bench.WriteAsync(bench.Tick(i % bench.Bus.Series.Count, i)).ConfigureAwait(false);
        }

        for (var i = 0; i < Many; i++)
        {
            await listener.ReadUntilAsync(bench.Tick(i % bench.Bus.Series.Count, i)).ConfigureAwait(false);
        }

        foreach (var shard in listener.Seen.GroupBy(update => update.Point.Shard))
        {
            var points = shard.Select(update => update.Point).ToList();
            for (var i = 1; i < points.Count; i++)
            {
                bench.Findings.ExpectEqual(
                    BusRules.Order, points[i - 1] with { Offset = points[i - 1].Offset + 1 }, points[i], $"The batch after offset {points[i - 1].Offset} of shard {shard.Key}");
            }
        }
    }

    private static async Task NeverBackwardsAsync(BusBench bench)
    {
        await using var listener = await bench.ListenAsync().ConfigureAwait(false);
        PriceTick[] ticks =
        [
            bench.Tick(0, 5, 10), bench.Tick(0, 3, 90), bench.Tick(0, 5, 4, 2), bench.Tick(0, 5, 10, 3), bench.Tick(0, 5, 11, 4), bench.Tick(0, 9), bench.Tick(0, 8, 50),
        ];
        foreach (var tick in ticks)
        {
            await bench.WriteAsync(tick).ConfigureAwait(false);
        }

        await bench.WriteAsync(bench.Tick(0, 11), bench.Tick(0, 10), bench.Tick(0, 12)).ConfigureAwait(false);
        await bench.WriteAsync(bench.Tick(0, 20)).ConfigureAwait(false);
        await listener.ReadUntilAsync(bench.Tick(0, 20)).ConfigureAwait(false);
        var prices = listener.Prices.ToList();
        for (var i = 1; i < prices.Count; i++)
        {
            bench.Findings.Expect(BusRules.NeverBackwards, prices[i].IsNewerThan(prices[i - 1]), $"{prices[i]} came after {prices[i - 1]}.");
        }
    }

    private static async Task EverySubscriberAsync(BusBench bench)
    {
        await using var first = await bench.ListenAsync().ConfigureAwait(false);
        await using var second = await bench.ListenAsync().ConfigureAwait(false);
        var third = await bench.ListenAsync().ConfigureAwait(false);
        await third.DisposeAsync().ConfigureAwait(false);
        for (var i = 0; i < 3; i++)
        {
            await bench.WriteAsync(bench.Tick(0, i), bench.Tick(1, i)).ConfigureAwait(false);
        }

        foreach (var listener in new[] { first, second })
        {
            await listener.ReadUntilAsync(bench.Tick(0, 2)).ConfigureAwait(false);
            await listener.ReadUntilAsync(bench.Tick(1, 2)).ConfigureAwait(false);
            bench.Findings.ExpectEqual(BusRules.EverySubscriber, 6, listener.Prices.Distinct().Count(), "Ticks that one of two subscriptions got of 6");
        }
    }

    private static async Task GapAsync(BusBench bench)
    {
        if (bench.Bus.WritesThatOverflow == 0)
        {
            bench.Findings.Expect(
                BusRules.Gap, false, $"It cannot be looked at, because {nameof(BusUnderTest)}.{nameof(BusUnderTest.WritesThatOverflow)} is not set. Set it, or except the rule and say why.");
            return;
        }

        await using var listener = await bench.ListenAsync().ConfigureAwait(false);
        for (var i = 0; i < bench.Bus.WritesThatOverflow; i++)
        {
            await bench.WriteAsync(bench.Tick(0, i)).ConfigureAwait(false);
        }

        await listener.ReadUntilAsync(bench.Tick(0, bench.Bus.WritesThatOverflow - 1)).ConfigureAwait(false);
        var all = Enumerable.Range(0, bench.Bus.WritesThatOverflow).Select(i => bench.Tick(0, i)).ToHashSet();
        all.ExceptWith(listener.Prices);
        bench.Findings.Expect(
            BusRules.Gap, all.Count > 0, $"{bench.Bus.WritesThatOverflow} writes were kept for a listener that read nothing, though they are said to overflow its buffer.");
        bench.Findings.Expect(BusRules.Gap, all.Count == 0 || listener.Seen.Exists(update => update.Gap), $"{all.Count} updates are missing and no batch says Gap.");
    }

    private static async Task NoFalseGapAsync(BusBench bench)
    {
        await bench.WriteAsync(bench.Tick(0, 1)).ConfigureAwait(false);
        await bench.WriteAsync(bench.Tick(0, 2)).ConfigureAwait(false);
        await using var listener = await bench.ListenAsync().ConfigureAwait(false);
        await bench.WriteAsync(bench.Tick(0, 3)).ConfigureAwait(false);
        await listener.ReadUntilAsync(bench.Tick(0, 3)).ConfigureAwait(false);
        await bench.WriteAsync(bench.Tick(0, 4)).ConfigureAwait(false);
        await listener.ReadUntilAsync(bench.Tick(0, 4)).ConfigureAwait(false);
        bench.Findings.Expect(BusRules.NoFalseGap, !listener.Seen[0].Gap, "The first batch of a subscription says Gap.");
        bench.Findings.Expect(BusRules.NoFalseGap, !listener.Seen.Exists(update => update.Gap), "A batch says Gap although nothing is missing.");
    }

    private static async Task FiguresAsync(BusBench bench)
    {
        await using var listener = await bench.ListenAsync().ConfigureAwait(false);
        var (first, second) = (bench.Figure(0, Window.Hour1, 1), bench.Figure(1, Window.Day1, 2));
        await bench.PublishAsync(first, second).ConfigureAwait(false);
        await listener.ReadUntilFigureAsync(first).ConfigureAwait(false);
        await listener.ReadUntilFigureAsync(second).ConfigureAwait(false);
        bench.Findings.ExpectSame(
            BusRules.Figures, [1d, 2d], listener.Figures.Select(figure => figure["stddev"] ?? double.NaN).Order(), "The figures as they were published");
    }

    private static async Task LiveOnlyAsync(BusBench bench)
    {
        await using var listener = await bench.ListenAsync().ConfigureAwait(false);
        await bench.WriteAsync(BatchLane.Backfill, bench.Tick(0, 1), bench.Tick(1, 1)).ConfigureAwait(false);
        await bench.WriteAsync(bench.Tick(0, 2), bench.Tick(1, 2)).ConfigureAwait(false);
        await listener.ReadUntilAsync(bench.Tick(0, 2)).ConfigureAwait(false);
        await listener.ReadUntilAsync(bench.Tick(1, 2)).ConfigureAwait(false);
        bench.Findings.ExpectEqual(BusRules.LiveOnly, 2, listener.Prices.Count(), "Ticks after a backfill of 2 and 2 live ones");
    }

    private static async Task KeepsNoMemoryAsync(BusBench bench)
    {
        await using var listener = await bench.ListenAsync().ConfigureAwait(false);
        var memory = new RevocableTicks([bench.Tick(0, 1), bench.Tick(1, 1)]);
        await bench.WriteAsync(new PriceBatch(Guid.NewGuid(), default, "conformance", memory.Memory)).ConfigureAwait(false);
        memory.Revoke();
        await bench.WriteAsync(bench.Tick(0, 2), bench.Tick(1, 2)).ConfigureAwait(false);
        while (listener.Prices.Count() < 4)
        {
            await listener.ReadAsync().ConfigureAwait(false);
        }

        bench.Findings.Expect(
            BusRules.KeepsNoMemory,
            !memory.IsUsedLate && !listener.Prices.Contains(RevocableTicks.Poison),
            "An update shows the memory of a batch whose write has ended, which is reused.");
    }

    private static async Task CancellationAsync(BusBench bench)
    {
        await using var listener = await bench.ListenAsync().ConfigureAwait(false);
        var failure = await listener.CancelWhileWaitingAsync().ConfigureAwait(false);
        bench.Findings.Expect(BusRules.Cancellation, failure is null, $"A cancelled reading ended with {failure?.GetType().Name}: {failure?.Message}");
    }
}
