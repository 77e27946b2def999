using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Tracera.Testing;

namespace Tracera.Ingestion.Tests.Scheduling;

/// <summary>A backfill runs beside what its provider has of now.</summary>
public sealed class BesideBackfillTests
{
    private static readonly DateTimeOffset From = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly RunRequest Past = new(["p"], From, From.AddMinutes(30));

    [Fact]
    public async Task Polls_DuringABackfill_GoOn()
    {
        await using var rig = new Rig();
        var provider = rig.Add("p", new TwoWays(), static options => options.Interval = TimeSpan.FromMinutes(1));
        await rig.StartAsync();
        await rig.Store.WhenEndedAsync(1);
        Assert.Equal(["p"], (await StartAsync(rig)).Started);
        await provider.HasBegun;

        Assert.Equal(["p"], (await StartAsync(rig)).Skipped);
        Assert.Equal(ProviderState.Running, rig.Status("p").State);
        await rig.RunUntilAsync(rig.Store.WhenEndedAsync(4));

        provider.Go.SetResult();
        await rig.RunUntilAsync(rig.Durable.WhenWrittenAsync(30));
    }

    [Fact]
    public async Task Stream_DuringABackfill_KeepsItsConnectionAndSoDoesTheBackfill()
    {
        await using var rig = new Rig();
        var provider = rig.Add("p", new StreamWithPast());
        await rig.StartAsync();
        await provider.Connected;
        Assert.Equal(["p"], (await StartAsync(rig)).Started);
        await provider.Inner.HasBegun;
        provider.Drop.SetResult();
        await rig.RunUntilAsync(rig.Store.WhenEndedAsync(1));

        // Its connection has ended, the backfill has not.
        Assert.Equal(["p"], (await StartAsync(rig)).Skipped);
        provider.Inner.Go.SetResult();
        await rig.RunUntilAsync(rig.Durable.WhenWrittenAsync(30));
    }

    [Fact]
    public async Task Backfill_CatalogueAwayMeanwhile_WaitsAndIsWhole()
    {
        await using var rig = new Rig();
        var cursors = await GoOnWithoutCatalogueAsync(rig, TimeSpan.FromMinutes(5));
        Assert.Single(await cursors.ListAsync(TestContext.Current.CancellationToken));
        rig.Store.IsAway = false;
        await rig.RunUntilAsync(rig.Store.WhenAsync(static runs => runs.Any(static run => run is { Trigger: RunTrigger.Backfill, State: RunState.Completed })));

        var row = rig.Store.Runs.Single(static run => run.Trigger == RunTrigger.Backfill).Providers[0];
        Assert.Equal((30, 0, 30), (row.Fetched, row.Rejected, row.Stored));
    }

    [Fact]
    public async Task Backfill_ThatWaitsForTheCatalogueWhenTheHostStops_KeepsItsPlace()
    {
        await using var rig = new Rig();
        var cursors = await GoOnWithoutCatalogueAsync(rig, TimeSpan.FromMinutes(1));
        rig.Outside.ExpectsLoss = true;

        await rig.StopAtDeadlineAsync();

        Assert.Equal(From, Assert.Single(await cursors.ListAsync(TestContext.Current.CancellationToken)).Position);
    }

    [Fact]
    public async Task Poll_ThatHangs_IsNotKeptAliveByRequestsOfABackfill()
    {
        await using var rig = new Rig();
        var held = new TaskCompletionSource();
        var provider = new TwoWays { Fetch = token => ScriptedProvider.HangAsync(held.Task, token) };
        provider.OnStep = () => rig.Provided.GetRequiredService<IProviderProgress>().Report("p");
        rig.Add("p", provider);
        await rig.StartAsync();
        await StartAsync(rig);
        await provider.HasBegun;
        provider.Steps(rig.Clock);

        var ended = rig.Store.WhenEndedAsync(1);
        await rig.RunUntilAsync(ended);

        Assert.Equal((RunTrigger.Startup, "p: nothing happened for 00:02:00"), ((await ended).Trigger, (await ended).Error));
        Assert.True(provider.StepCount > 20, $"{provider.StepCount} requests were made.");
        provider.Go.SetResult();
        await rig.RunUntilAsync(rig.Durable.WhenWrittenAsync(30));
    }

    [Fact]
    public async Task Poll_OfAnotherProvider_IsKeptAliveByRequestsForItWithinABackfill()
    {
        await using var rig = new Rig();
        var held = new TaskCompletionSource();
        var provider = new TwoWays { OnStep = () => rig.Provided.GetRequiredService<IProviderProgress>().Report("other") };
        rig.Add("p", provider);
        rig.Add("other", new ScriptedProvider((_, token) => ScriptedProvider.HangAsync(held.Task, token)));
        await rig.StartAsync();
        await Gate.WhenAsync(() => rig.Status("p").LastSuccessAt is not null);
        await StartAsync(rig);
        await provider.HasBegun;
        provider.Steps(rig.Clock);

        await rig.RunForAsync(2 * ProviderOptions.DefaultProgressTimeout);

        Assert.Equal((RunTrigger.Startup, RunState.Running), (rig.Store.Runs[0].Trigger, rig.Store.Runs[0].State));
        held.SetResult();
        provider.Go.SetResult();
        await rig.RunUntilAsync(rig.Store.WhenAsync(static runs => runs.Take(2).All(static run => run.State == RunState.Completed)));
    }

    // A backfill has begun when the catalogue goes away, and yields its rows then.
    private static async Task<InMemoryBackfills> GoOnWithoutCatalogueAsync(Rig rig, TimeSpan span)
    {
        var cursors = new InMemoryBackfills();
        rig.Services.AddSingleton<IBackfillCursors>(cursors);
        var provider = rig.Add("p", new TwoWays());
        await rig.StartAsync();
        await rig.Store.WhenEndedAsync(1);
        await StartAsync(rig);
        await provider.HasBegun;
        rig.Store.IsAway = true;
        provider.Go.SetResult();
        await rig.RunForAsync(span);
        return cursors;
    }

    private static async Task<RunTicket> StartAsync(Rig rig) => await rig.Control.StartRunAsync(Past, TestContext.Current.CancellationToken);

    /// <summary>Has nothing of now, and a price a minute of the past once the test lets it go on: each of a name of its own.</summary>
    private sealed class TwoWays : IPriceProvider, IBackfillProvider
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private ManualTimeProvider? _clock;

        public TaskCompletionSource Go { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task HasBegun => _begun.Task;

        public Func<CancellationToken, IAsyncEnumerable<RawPrice>> Fetch { get; init; } = static _ => AsyncEnumerable.Empty<RawPrice>();

        public Action OnStep { get; set; } = static () => { };

        public int StepCount { get; private set; }

        /// <summary>From now on it makes a request every five seconds while it waits.</summary>
        public void Steps(ManualTimeProvider clock) => _clock = clock;

        public IAsyncEnumerable<RawPrice> FetchAsync(FetchContext context, CancellationToken cancellationToken) => Fetch(cancellationToken);

        public async IAsyncEnumerable<RawPrice> BackfillAsync(
            FetchContext context, DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            _begun.TrySetResult();
            while (!Go.Task.IsCompleted)
            {
                context.ReportProgress();
                if (_clock is { } clock)
                {
                    OnStep();
                    StepCount++;
                    await Task.WhenAny(Go.Task, Task.Delay(TimeSpan.FromSeconds(5), clock, cancellationToken));
                }
                else
                {
                    await Task.Yield();
                }

                cancellationToken.ThrowIfCancellationRequested();
            }

            for (var at = from; at < to; at = at.AddMinutes(1))
            {
                yield return ScriptedProvider.Row($"item {at:HH:mm}", 1, at: at);
            }
        }
    }

    private sealed class StreamWithPast : IStreamingPriceProvider, IBackfillProvider
    {
        private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TwoWays Inner { get; } = new();

        public TaskCompletionSource Drop { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Connected => _connected.Task;

        public async IAsyncEnumerable<RawPrice> StreamAsync(FetchContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            _connected.TrySetResult();
            await Drop.Task.WaitAsync(cancellationToken);
            yield break;
        }

        public IAsyncEnumerable<RawPrice> BackfillAsync(FetchContext context, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
            Inner.BackfillAsync(context, from, to, cancellationToken);
    }
}
