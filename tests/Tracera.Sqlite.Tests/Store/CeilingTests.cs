using Microsoft.Extensions.DependencyInjection;

namespace Tracera.Sqlite.Tests;

public sealed class CeilingTests
{
    private const long Ceiling = 8L * 1024 * 1024;
    private const int Series = 150;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Writes_WithoutEnd_StayBelowTheCeilingAndKeepWhatIsNew()
    {
        await using var store = await TestStore.OpenAsync(Token, options => options.MaxDiskBytes = Ceiling);
        var files = store.Services.GetRequiredService<StoreFiles>();
        var source = (await store.SeriesAsync()).Source;
        var keys = Enumerable.Range(0, Series).Select(i => new ItemKey("c", $"item {i}")).ToList();
        var items = await store.Catalog.GetOrAddItemsAsync(keys, Token);
        for (var minute = 0; minute < 750; minute++)
        {
            store.Time.Advance(TimeSpan.FromMinutes(1));
            var now = store.Time.GetUtcNow();
            var outcome = await store.WriteAsync([.. items.Select(item => new SeriesKey(item, source).Tick(now, minute + (item.Value / 100m), 3))]);
            Assert.Equal(new WriteOutcome(Series), outcome);
            Assert.InRange(files.TotalBytes, 1, Ceiling);
        }

        var series = new SeriesKey(items[^1], source);
        Assert.Equal(750, (await store.BarsAsync(series, BarLevel.Day7)).Sum(bar => bar.Count));
        Assert.Equal(60, (await store.History.ReadWindowsAsync([series], Window.Hour1, store.Time.GetUtcNow(), Token).SingleAsync(Token)).Bars.Length);
        Assert.InRange((await store.TicksAsync(series)).Count, 30, 749);
    }

    [Fact]
    public async Task Write_BatchLargerThanTheRoomThatIsKept_MakesMoreRoom()
    {
        await using var store = await TestStore.OpenAsync(Token, options => options.MaxDiskBytes = Ceiling);
        var series = await store.SeriesAsync();
        for (var day = 0; day < 12; day++)
        {
            store.Time.Advance(TimeSpan.FromDays(1));
            var start = store.Time.GetUtcNow();
            var outcome = await store.WriteAsync([.. Enumerable.Range(0, 24_000).Select(i => series.Tick(start.AddSeconds(i * 3), i + 1.25m))]);
            Assert.Equal(new WriteOutcome(24_000), outcome);
        }

        Assert.Equal(288_000, (await store.BarsAsync(series, BarLevel.Day7)).Sum(bar => bar.Count));
        Assert.InRange(store.Services.GetRequiredService<StoreFiles>().TotalBytes, 1, Ceiling);
    }

    [Fact]
    public async Task Write_OneChunkFillsTheFile_GoesOnInTheNextChunk()
    {
        await using var store = await TestStore.OpenAsync(Token, options => options.MaxDiskBytes = Ceiling);
        var series = await store.SeriesAsync();
        var start = store.Time.GetUtcNow();
        var (fault, written) = ((Exception?)null, 0);
        while (fault is null && written < 500_000)
        {
            var ticks = Enumerable.Range(written, 5_000).Select(i => series.Tick(start.AddMicroseconds(i), i + 1)).ToArray();
            fault = await Record.ExceptionAsync(() => store.WriteAsync(ticks));
            written += fault is null ? ticks.Length : 0;
        }

        Assert.IsType<SinkException>(fault);
        Assert.Equal(written, await store.ScalarAsync("SELECT count(*) FROM ticks", Token));

        store.Time.Advance(TimeSpan.FromMinutes(15));
        var next = store.Time.GetUtcNow();

        Assert.Equal(new WriteOutcome(1), await store.WriteAsync(series.Tick(next, 7)));
        Assert.Equal(written + 1, (await store.BarsAsync(series, BarLevel.Day7)).Sum(bar => bar.Count));
    }

    [Fact]
    public async Task MakeMore_HalfOfTheFileIsFree_LeavesHistoryAlone()
    {
        await using var store = await TestStore.OpenAsync(Token);
        var series = await store.SeriesAsync();
        var start = store.Time.GetUtcNow();
        for (var hour = 0; hour < 8; hour++)
        {
            var first = start.AddHours(hour);
            await store.WriteAsync([.. Enumerable.Range(0, 2_000).Select(i => series.Tick(first.AddMilliseconds(i), i + 1))]);
        }

        store.Time.Advance(TimeSpan.FromDays(2));
        var room = store.Services.GetRequiredService<RoomMaker>();
        var database = store.Services.GetRequiredService<SqliteDatabase>();
        await database.WriteAsync(static session => session.Run("DELETE FROM ticks WHERE start < (SELECT start FROM chunks ORDER BY start LIMIT 1 OFFSET 6)"), Token);
        var before = await store.ScalarAsync("SELECT count(*) FROM ticks", Token);

        Assert.False(await database.WriteAsync(room.MakeMore, Token));
        Assert.Equal(before, await store.ScalarAsync("SELECT count(*) FROM ticks", Token));
    }

    [Fact]
    public async Task Write_NothingLeftToRemove_FailsTransientAndLosesNothing()
    {
        await using var store = await TestStore.OpenAsync(Token, options => options.MaxDiskBytes = Ceiling);
        var files = store.Services.GetRequiredService<StoreFiles>();
        var series = await store.SeriesAsync();
        await store.WriteAsync(series.Tick(store.Time.GetUtcNow(), 1));
        var fault = (Exception?)null;
        for (var i = 0; i < 300 && fault is null; i++)
        {
            var keys = Enumerable.Range(0, 500).Select(n => new ItemKey("c", $"{new string('x', 200)} {i} {n}")).ToList();
            fault = await Record.ExceptionAsync(async () => await store.Catalog.GetOrAddItemsAsync(keys, Token));
        }

        Assert.IsType<CatalogUnavailableException>(fault);
        var refused = await Assert.ThrowsAsync<SinkException>(() => store.WriteAsync(series.Tick(store.Time.GetUtcNow().AddMinutes(1), 2)));
        Assert.Equal(SinkFailure.Transient, refused.Failure);
        Assert.Contains("MaxDiskBytes", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, Assert.Single(await store.TicksAsync(series)).Price);
        Assert.InRange(files.TotalBytes, 1, Ceiling);
    }
}
