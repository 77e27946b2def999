namespace Tracera.Sqlite.Tests;

public sealed class WindowContractTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 34, 56, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Windows => [.. Window.All.Select(window => window.Name)];

    [Theory]
    [MemberData(nameof(Windows))]
    public async Task ReadWindows_TicksAtTheBorders_AreWithinOrBefore(string name)
    {
        await using var store = await TestStores.OpenAsync();
        Assert.True(Window.TryParse(name, out var window));
        var start = window.StartAt(Now);
        var (before, exact, tooOld, none) = (
            await store.SeriesAsync("before"), await store.SeriesAsync("exact"), await store.SeriesAsync("too old"), await store.SeriesAsync("none"));
        await store.WriteAsync(
            before.Tick(start.AddTicks(-10), 1),
            before.Tick(start - window.Length, 8),
            before.Tick(start.AddTicks(10), 2),
            before.Tick(Now, 3),
            exact.Tick(start, 4),
            exact.Tick(start.AddTicks(-10), 5),
            tooOld.Tick((start - window.Length).AddTicks(-10), 6),
            tooOld.Tick(window.Level.Floor(Now) + window.Level.Width(), 7));

        var read = await store.History.ReadWindowsAsync([none, before, tooOld, exact], window, Now, Token).ToListAsync(Token);

        Assert.Equal([none, before, tooOld, exact], read.Select(entry => entry.Series));
        Assert.Equal([null, 1m, null, 4m], read.Select(entry => entry.Prior));
        Assert.Equal([0, 2, 0, 1], read.Select(entry => entry.Bars.Length));
        Assert.Equal([2m, 3m], read[1].Bars.ToArray().Select(bar => bar.Close));
        Assert.All(read, entry => Assert.Equal(start, entry.Start));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public async Task ReadWindows_ManySeries_EqualTheirBars(int stride)
    {
        await using var store = await TestStores.OpenAsync();
        var keys = Enumerable.Range(0, 300).Select(i => new ItemKey("steam:730", $"item {i}")).ToList();
        var items = await store.Catalog.GetOrAddItemsAsync(keys, Token);
        var source = (await store.SeriesAsync()).Source;
        var series = items.Select(item => new SeriesKey(item, source)).ToList();
        await store.WriteAsync([.. series.SelectMany((key, i) =>
            Enumerable.Range(0, 3).Select(n => key.Tick(Now.AddMinutes(-n * 25), i + n + 1)))]);

        var wanted = series.Where((_, i) => i % stride == 0).Reverse().ToList();
        var read = await store.History.ReadWindowsAsync(wanted, Window.Hour1, Now, Token).ToListAsync(Token);

        Assert.Equal(wanted, read.Select(entry => entry.Series));
        foreach (var entry in read)
        {
            var bars = await store.BarsAsync(entry.Series, BarLevel.Minute1);
            Assert.Equal(bars, entry.Bars.ToArray());
            Assert.Equal(3, bars.Count);
        }
    }
}
