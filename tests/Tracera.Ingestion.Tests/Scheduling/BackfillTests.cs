using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Tracera.Testing;

namespace Tracera.Ingestion.Tests;

/// <summary>The backfill lane: behind what is of now, to the durable sink alone, and on from where it was.</summary>
public sealed class BackfillTests
{
    private static readonly DateTimeOffset From = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Backfill_InterruptedByTheEndOfItsHost_GoesOnWhereItWas()
    {
        var cursors = new InMemoryBackfills();
        var to = From.AddMinutes(100);
        await cursors.OpenAsync("p", From, to, TestContext.Current.CancellationToken);
        await cursors.MoveAsync(new BackfillCursor("p", From, to, From.AddMinutes(40)), TestContext.Current.CancellationToken);
        await using var rig = new Rig();
        rig.Services.AddSingleton<IBackfillCursors>(cursors);
        var provider = rig.Add("p", new MinuteHistory());
        await rig.StartAsync();
        await rig.RunUntilAsync(rig.Durable.WhenWrittenAsync(60));
        await rig.RunUntilAsync(rig.Store.WhenEndedAsync(2));
        await WhenAsync(cursors, static open => open.Count == 0);

        Assert.Equal([RunTrigger.Startup, RunTrigger.Backfill], rig.Store.Runs.Select(run => run.Trigger));
        Assert.Equal([(From.AddMinutes(40), to)], provider.Ranges);
        Assert.Equal(60, rig.Durable.Ticks.Count);
    }

    [Fact]
    public async Task Backfills_Interrupted_WaitForNoneWhoseProviderAnotherHostHas()
    {
        var cursors = new InMemoryBackfills();
        var to = From.AddMinutes(100);
        await cursors.OpenAsync("a", From, to, TestContext.Current.CancellationToken);
        await cursors.OpenAsync("b", From, to, TestContext.Current.CancellationToken);
        await using var rig = new Rig();
        rig.Services.AddSingleton<IBackfillCursors>(cursors);
        rig.Store.Holders["a"] = "another host";
        var (away, mine) = (rig.Add("a", new MinuteHistory(), static options => options.Interval = TimeSpan.FromMinutes(1)), rig.Add("b", new MinuteHistory()));
        await rig.StartAsync();
        await rig.RunUntilAsync(rig.Durable.WhenWrittenAsync(100));
        await WhenAsync(cursors, static open => open.Count == 1);
        Assert.Equal([(From, to)], mine.Ranges);

        // The other host ends it, and goes.
        await cursors.CloseAsync("a", From, to, TestContext.Current.CancellationToken);
        rig.Store.Holders.Clear();

        // Polled here from now on, again and again: a backfill, which is looked for far more often, would have begun by then.
        await rig.RunUntilAsync(rig.Store.WhenAsync(static runs => runs.Count(static run =>
            run is { Trigger: RunTrigger.Schedule, State: RunState.Completed } && run.Providers.Any(static row => row.Provider == "a")) >= 2));

        Assert.Empty(away.Ranges);
    }

    [Fact]
    public async Task Backfill_ThatFails_KeepsHowFarItCame()
    {
        var cursors = new InMemoryBackfills();
        var to = From.AddMinutes(100);
        await using var rig = new Rig();
        rig.Services.AddSingleton<IBackfillCursors>(cursors);
        var provider = rig.Add("p", new MinuteHistory { FailsAt = From.AddMinutes(70) });
        await rig.StartAsync();
        await rig.RunUntilAsync(rig.Store.WhenEndedAsync(1));
        await WhenStartedAsync(rig, to);
        await rig.RunUntilAsync(rig.Store.WhenEndedAsync(2));
        await WhenAsync(cursors, static open => open is [{ } cursor] && cursor.Position == From.AddMinutes(69));

        provider.FailsAt = null;
        await WhenStartedAsync(rig, to);
        await rig.RunUntilAsync(rig.Store.WhenEndedAsync(3));

        Assert.Equal([(From, to), (From.AddMinutes(69), to)], provider.Ranges);
        Assert.Equal(101, rig.Durable.Ticks.Count);
    }

    [Fact]
    public async Task Backfill_ThatEndsQuietlyWithItsHost_IsNotComplete()
    {
        var cursors = new InMemoryBackfills();
        var to = From.AddMinutes(100);
        await using var rig = new Rig();
        rig.Services.AddSingleton<IBackfillCursors>(cursors);
        rig.Add("p", new MinuteHistory { HangsAt = From.AddMinutes(70) });
        await rig.StartAsync();
        await rig.RunUntilAsync(rig.Store.WhenEndedAsync(1));
        await WhenStartedAsync(rig, to);
        await rig.RunUntilAsync(rig.Durable.WhenWrittenAsync(70));

        await rig.StopAsync();

        Assert.Equal(RunState.Failed, rig.Store.Runs[^1].State);
        Assert.InRange(Assert.Single(await cursors.ListAsync(TestContext.Current.CancellationToken)).Position, From, From.AddMinutes(70));
    }

    [Fact]
    public async Task Backfill_OnceStored_IsToldToObservers_AndWhatIsOfNowIsNot()
    {
        await using var rig = new Rig();
        var observer = new CountingObserver();
        observer.Before = () => rig.Durable.Count;
        rig.Services.AddSingleton<IBackfillObserver>(observer).AddSingleton<IBackfillObserver>(new BrokenObserver());
        rig.Add("p", new MinuteHistory());
        rig.Add("now", ScriptedProvider.Of(ScriptedProvider.Row("b", 1)));
        await rig.StartAsync();
        await rig.RunUntilAsync(rig.Store.WhenEndedAsync(1));
        Assert.Equal(0, observer.Ticks);

        await WhenStartedAsync(rig, From.AddMinutes(100));
        await rig.RunUntilAsync(rig.Store.WhenEndedAsync(2));

        Assert.Equal(100, observer.Ticks);
        Assert.True(observer.WasStoredBefore);
    }

    [Theory]
    [InlineData(10, 10)]
    [InlineData(70, 50)]
    public async Task Backfill_ItsBatches_AreOfTheirOwnSizeAndNoLargerThanOthers(int backfillBatchSize, int most)
    {
        await using var rig = new Rig();
        rig.Configure("Ingestion:BackfillBatchSize", $"{backfillBatchSize}").Configure("Ingestion:BatchSize", "50").Configure("Ingestion:FlushInterval", "00:01:00");
        rig.Add("p", new MinuteHistory());
        await rig.StartAsync();
        await rig.RunUntilAsync(rig.Store.WhenEndedAsync(1));
        await WhenStartedAsync(rig, From.AddMinutes(100));
        await rig.RunUntilAsync(rig.Durable.WhenWrittenAsync(100));

        Assert.All(rig.Durable.Batches, batch => Assert.InRange(batch.Count, 1, most));
    }

    [Fact]
    public async Task Backfill_BehindASlowDurableSink_HoldsUpNoTickOfNow()
    {
        await using var rig = new Rig();
        rig.Configure("Ingestion:BatchSize", "1");
        var live = rig.AddSink("live");
        var held = new TaskCompletionSource();
        rig.Durable.Write = async (batch, token) =>
        {
            await held.Task.WaitAsync(token);
            return WriteOutcome.AllWritten(batch);
        };
        rig.Add("history", new MinuteHistory());
        rig.Add("now", ScriptedProvider.Of(ScriptedProvider.Row("a", 1)), options => options.Interval = TimeSpan.FromMinutes(1));
        await rig.StartAsync();
        await rig.RunUntilAsync(rig.Durable.WhenCalledAsync(1));
        await rig.RunUntilAsync(WhenStartedAsync(rig, From.AddMinutes(100), "history"));
        await rig.RunUntilAsync(live.WhenWrittenAsync(2));
        held.SetResult();
        await rig.RunUntilAsync(rig.Durable.WhenWrittenAsync(102));

        // Every batch of now that waited was written before the second of the past.
        var lanes = rig.Durable.Batches.Select(batch => batch.Lane).ToList();
        Assert.True(lanes.IndexOf(BatchLane.Backfill) >= 1, string.Join(' ', lanes.Take(8)));
        Assert.DoesNotContain(live.Batches, batch => batch.Lane == BatchLane.Backfill);
    }

    private static async Task WhenAsync(InMemoryBackfills cursors, Func<IReadOnlyList<BackfillCursor>, bool> condition)
    {
        while (!condition(await cursors.ListAsync(TestContext.Current.CancellationToken)))
        {
            await Task.Yield();
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static async Task WhenStartedAsync(Rig rig, DateTimeOffset to, string provider = "p")
    {
        while ((await rig.Control.StartRunAsync(new RunRequest([provider], From, to), TestContext.Current.CancellationToken)).RunId is null)
        {
            await Task.Yield();
        }
    }

    private sealed class MinuteHistory : IPriceProvider, IBackfillProvider
    {
        public List<(DateTimeOffset From, DateTimeOffset To)> Ranges { get; } = [];

        public DateTimeOffset? FailsAt { get; set; }

        public DateTimeOffset? HangsAt { get; init; }

        public IAsyncEnumerable<RawPrice> FetchAsync(FetchContext context, CancellationToken cancellationToken) => AsyncEnumerable.Empty<RawPrice>();

        public async IAsyncEnumerable<RawPrice> BackfillAsync(
            FetchContext context, DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            Ranges.Add((from, to));
            for (var at = from; at < to; at = at.AddMinutes(1))
            {
                if (at == FailsAt)
                {
                    await Task.Yield();
                    throw new ProviderException(ProviderFailure.Transient, "away");
                }

                if (at == HangsAt)
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    yield break;
                }

                yield return ScriptedProvider.Row("a", 1 + at.Minute, at: at);
            }
        }
    }

    private sealed class CountingObserver : IBackfillObserver
    {
        public Func<long> Before { get; set; } = static () => 0;

        public int Ticks { get; private set; }

        public bool WasStoredBefore { get; private set; } = true;

        public void Stored(ReadOnlySpan<PriceTick> ticks)
        {
            Ticks += ticks.Length;
            WasStoredBefore &= Before() >= Ticks;
        }
    }

    private sealed class BrokenObserver : IBackfillObserver
    {
        public void Stored(ReadOnlySpan<PriceTick> ticks) => throw new InvalidCastException("broken");
    }
}
