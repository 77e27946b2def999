namespace Tracera.Testing;

/// <summary>What those who read the latest values of a bus are promised.</summary>
internal static class BusSnapshotChecks
{
    public static IReadOnlyList<(ConformanceRule Rule, Func<BusBench, Task> Check)> All { get; } =
    [
        (BusRules.Snapshot, LatestAsync),
        (BusRules.Position, PositionAsync),
        (BusRules.SnapshotFigures, FiguresAsync),
    ];

    private static async Task LatestAsync(BusBench bench)
    {
        var keys = bench.Bus.Series;
        await bench.WriteAsync([.. keys.Select((_, i) => bench.Tick(i, 5)).Reverse()]).ConfigureAwait(false);
        await bench.WriteAsync(bench.Tick(0, 9), bench.Tick(0, 7)).ConfigureAwait(false);
        var wanted = keys.Select((_, i) => bench.Tick(i, i == 0 ? 9 : 5)).OrderBy(tick => tick.Item).ThenBy(tick => tick.Source).ToList();
        var all = await bench.Bus.Snapshots.ReadAllAsync(bench.Findings.Token).ConfigureAwait(false);
        bench.Findings.ExpectSame(BusRules.Snapshot, wanted, all.Prices, "The latest of every series");
        var one = await bench.Bus.Snapshots.ReadAsync([new ItemId(int.MaxValue), keys[1].Item], bench.Findings.Token).ConfigureAwait(false);
        bench.Findings.ExpectSame(BusRules.Snapshot, wanted.Where(tick => tick.Item == keys[1].Item), one.Prices, "The latest of one item and an unknown one");
    }

    // Subscribe, write, read the snapshot in between: whatever the position covers is in the snapshot, and everything else comes as an update.
    private static async Task PositionAsync(BusBench bench)
    {
        await using var listener = await bench.ListenAsync().ConfigureAwait(false);
        var snapshots = new List<Snapshot>();
        for (var i = 0; i < 6; i++)
        {
            await bench.WriteAsync(bench.Tick(i % 2, i)).ConfigureAwait(false);
            snapshots.Add(await bench.Bus.Snapshots.ReadAllAsync(bench.Findings.Token).ConfigureAwait(false));
        }

        await bench.WriteAsync(bench.Tick(0, 10), bench.Tick(1, 10)).ConfigureAwait(false);
        await listener.ReadUntilAsync(bench.Tick(0, 10)).ConfigureAwait(false);
        await listener.ReadUntilAsync(bench.Tick(1, 10)).ConfigureAwait(false);
        foreach (var snapshot in snapshots)
        {
            Compare(bench.Findings, snapshot, listener);
        }

        var last = snapshots[^1].Position;
        bench.Findings.Expect(
            BusRules.Position, last.Points.Any(), "The position of a snapshot that was read after writes knows no shard.");
        bench.Findings.Expect(
            BusRules.Position,
            StreamPosition.TryParse(last.ToString(), out var read) && read.Points.SequenceEqual(last.Points),
            "The position does not survive its own text.");
    }

    private static void Compare(Findings findings, Snapshot snapshot, BusListener listener)
    {
        var held = snapshot.Prices.ToDictionary(tick => tick.Series);
        foreach (var update in listener.Seen)
        {
            var covered = snapshot.Position.Find(update.Point.Shard) is { } point && point.Epoch == update.Point.Epoch && point.Offset >= update.Point.Offset;
            foreach (var tick in covered ? update.Prices.ToArray() : [])
            {
                findings.Expect(
                    BusRules.Position,
                    held.TryGetValue(tick.Series, out var known) && !tick.IsNewerThan(known),
                    $"The snapshot at {update.Point.Shard}/{snapshot.Position.Find(update.Point.Shard)?.Offset} does not hold the update of offset {update.Point.Offset}: {tick}.");
            }
        }

        // A position that lags is allowed, but one that knows nothing of a shard whose updates are in the snapshot hides what a reader may skip.
        var shards = snapshot.Position.Points.Select(point => point.Shard).ToHashSet();
        findings.Expect(
            BusRules.Position,
            listener.Seen.Where(update => !shards.Contains(update.Point.Shard)).SelectMany(update => update.Prices.ToArray()).All(tick => !snapshot.Prices.Contains(tick)),
            "The snapshot holds an update of a shard that its position does not name.");
    }

    private static async Task FiguresAsync(BusBench bench)
    {
        await bench.WriteAsync(bench.Tick(0, 1), bench.Tick(1, 1)).ConfigureAwait(false);
        await bench.PublishAsync(bench.Figure(0, Window.Hour1, 1), bench.Figure(1, Window.Hour1, 2)).ConfigureAwait(false);
        await bench.PublishAsync(bench.Figure(0, Window.Hour1, 3), bench.Figure(0, Window.Day1, 4)).ConfigureAwait(false);
        var snapshot = await bench.Bus.Snapshots.ReadAsync([bench.Bus.Series[0].Item], bench.Findings.Token).ConfigureAwait(false);
        bench.Findings.ExpectSame(
            BusRules.SnapshotFigures, [3d, 4d], snapshot.Volatility.Select(figure => figure["stddev"] ?? double.NaN).Order(), "The newest figures of one item");
        var all = await bench.Bus.Snapshots.ReadAllAsync(bench.Findings.Token).ConfigureAwait(false);
        bench.Findings.ExpectEqual(BusRules.SnapshotFigures, 0, all.Volatility.Count, "Figures where every series is read");
    }
}
