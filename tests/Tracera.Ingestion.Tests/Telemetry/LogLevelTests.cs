using Microsoft.Extensions.Logging;

namespace Tracera.Ingestion.Tests.Telemetry;

public sealed class LogLevelTests
{
    [Fact]
    public async Task Cycle_Failed_IsWarnedOfOnceWithItsCause()
    {
        await using var rig = new Rig();
        var book = rig.AddLogBook();
        rig.Add("bad", ScriptedProvider.Failing(new IOException("cut off")));

        await rig.StartAsync();
        await rig.Store.WhenEndedAsync(1);

        var line = Assert.Single(book.Of(2200));
        Assert.Equal(LogLevel.Warning, line.Level);
        Assert.Contains("IOException: cut off", line.Text, StringComparison.Ordinal);
        Assert.Equal(LogLevel.Warning, Assert.Single(book.Of(2052)).Level);
        Assert.Empty(book.Of(2050));
    }

    [Fact]
    public async Task Cycle_EndedWithItsHost_IsNoWarning()
    {
        await using var rig = new Rig();
        var book = rig.AddLogBook();
        var provider = rig.Add("p", new ScriptedProvider((_, token) => ScriptedProvider.HangAsync(new TaskCompletionSource().Task, token)));
        await rig.StartAsync();
        await provider.WhenCycleAsync(1);

        await rig.StopAsync();

        Assert.Equal(LogLevel.Information, Assert.Single(book.Of(2200)).Level);
    }

    [Fact]
    public async Task Run_OfTheSchedule_StartsAndCompletesInDebug()
    {
        await using var rig = new Rig();
        var book = rig.AddLogBook();
        rig.Add("p", ScriptedProvider.Of(ScriptedProvider.Row("a", 1)), options => options.Interval = TimeSpan.FromMinutes(1));
        await rig.StartAsync();
        await rig.Store.WhenEndedAsync(1);

        await rig.RunUntilAsync(rig.Store.WhenEndedAsync(2));
        await rig.StopAsync();

        Assert.Equal([LogLevel.Information, LogLevel.Debug], book.Of(2100).Take(2).Select(line => line.Level));
        Assert.Equal([LogLevel.Information, LogLevel.Debug], book.Of(2050).Take(2).Select(line => line.Level));
    }

    [Fact]
    public async Task Rejections_OfEveryCycle_AreToldAFewTimesAndWithoutHoles()
    {
        await using var rig = new Rig();
        var book = rig.AddLogBook();
        var provider = rig.Add(
            "p",
            new ScriptedProvider((context, _) =>
            {
                context.Reject(null, "odd");
                context.Reject("x", "odd", "<row/>");
                return new[] { ScriptedProvider.Row("z", 0) }.ToAsyncEnumerable();
            }),
            options => options.Interval = TimeSpan.FromMinutes(1));
        await rig.StartAsync();
        await rig.RunUntilAsync(rig.Store.WhenEndedAsync(5));
        await rig.StopAsync();

        var told = book.Lines.Where(line => line.Id is 2202 or 2205 && line.Level == LogLevel.Information).ToList();
        Assert.Equal(6, told.Count);
        Assert.Contains(told, line => line.Text == "p rejected 'x': odd. <row/>");
        Assert.True(provider.Cycles >= 5);
        Assert.DoesNotContain(book.Lines, line => line.Text.Contains("(null)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(LogLevel.Information, 3)]
    [InlineData(LogLevel.Debug, 20)]
    public async Task Rejections_ManyInOneCycle_AreToldToThoseWhoDebug(LogLevel minimum, int told)
    {
        await using var rig = new Rig();
        var book = rig.AddLogBook(minimum);
        rig.Add("p", ScriptedProvider.Of([.. Enumerable.Range(1, 20).Select(n => ScriptedProvider.Row($"{n}", 0))]));

        await rig.StartAsync();
        await rig.Store.WhenEndedAsync(1);
        await rig.StopAsync();

        Assert.Equal(told, book.Of(2202).Count());
        Assert.Equal(20, rig.ProviderLedger("p").RejectedBy[RejectReasons.NoPrice]);
    }
}
