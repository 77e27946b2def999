using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;

namespace Tracera.Ingestion.Tests.Running;

/// <summary>A cycle in which nothing happens is cancelled in time, once, and told of with what it was at.</summary>
public sealed class ProgressTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);
    private readonly TaskCompletionSource _held = new();
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Cycle_Hangs_IsCancelledAsSoonAsTheProgressTimeoutIsOver()
    {
        await using var rig = await HangingAsync();

        rig.Clock.Advance(Timeout);

        await _cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        _held.SetResult();
    }

    [Fact]
    public async Task Cycle_CancelledForASecondReason_KeepsTheFirstAndItsGrace()
    {
        await using var rig = await HangingAsync();
        rig.Clock.Advance(Timeout);
        await _cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        rig.Clock.Advance(IngestionOptions.DefaultCancellationGrace - TimeSpan.FromSeconds(1));
        await rig.Provided.GetRequiredService<RunStarter>().StopAsync();
        rig.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.EndsWith(" for 00:01:00, and the provider ignored its cancellation", (await rig.Store.WhenEndedAsync(1)).Error, StringComparison.Ordinal);
        _held.SetResult();
    }

    [Fact]
    public async Task Cycle_WhoseEndHangs_BlocksNoThread()
    {
        await using var rig = new Rig();
        var provider = rig.Add("p", new EndlessEnd(_held.Task), options => options.ProgressTimeout = Timeout);
        await rig.StartAsync();
        await provider.Ends.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        var ended = rig.Store.WhenEndedAsync(1);
        await rig.RunUntilAsync(ended);

        Assert.Equal("p: nothing happened for 00:01:00, and the provider ignored its cancellation", (await ended).Error);
        _held.SetResult();
    }

    [Fact]
    public async Task Cycle_HeldUpByTheSink_IsNotTakenForHanging()
    {
        await using var rig = new Rig();
        rig.Configure("Ingestion:BatchSize", "1").Configure("Ingestion:ChannelCapacity", "1");
        rig.Configure("Sinks:store:QueueCapacity", "1").Configure("Sinks:store:WriteTimeout", "01:00:00");
        rig.Durable.Write = async (batch, _) =>
        {
            await _held.Task;
            return WriteOutcome.AllWritten(batch);
        };
        rig.Add("p", ScriptedProvider.Of([.. Enumerable.Range(1, 20).Select(n => ScriptedProvider.Row($"{n}", n))]), options => options.ProgressTimeout = Timeout);
        await rig.StartAsync();

        // One is in the sink's hand, one in its queue, one with the dispatcher, one in the channel, and one waits for room there.
        await Gate.WhenAsync(() => rig.ProviderLedger("p").Fetched == 5);
        rig.Clock.Advance(3 * Timeout);
        _held.SetResult();

        var run = await rig.Store.WhenEndedAsync(1);
        Assert.Equal((RunState.Completed, 20L), (run.State, run.Providers[0].Stored));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task Cycle_ThatNeitherEndsNorWaits_EndsWithItsHost(int sign)
    {
        await using var rig = new Rig();
        (rig.Outside.ChecksOrder, rig.Durable.KeepsTicks) = (false, false);
        rig.Configure("Ingestion:BatchSize", "1");

        // Each fills a batch, or each is rejected.
        rig.Add("p", new ScriptedProvider((_, _) => Enumerable.Range(1, int.MaxValue).Select(n => ScriptedProvider.Row("item", sign * n)).ToAsyncEnumerable()));
        await rig.StartAsync();
        await Gate.WhenAsync(() => rig.ProviderLedger("p").Fetched > 100);

        await rig.StopAsync().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        Assert.Equal((RunState.Failed, "p: the host stops or has lost the lease"), (rig.Store.Runs[0].State, rig.Store.Runs[0].Error));
    }

    [Fact]
    public async Task Cycle_ThatRejectsRows_IsAlive()
    {
        await using var rig = new Rig();
        rig.Add("p", new ScriptedProvider((context, token) => RejectAsync(rig, context, token)), options => options.ProgressTimeout = Timeout);
        await rig.StartAsync();

        var ended = rig.Store.WhenEndedAsync(1);
        await rig.RunUntilAsync(ended);

        Assert.Equal((RunState.Completed, 5L), ((await ended).State, (await ended).Providers[0].Rejected));
    }

    private static async IAsyncEnumerable<RawPrice> RejectAsync(Rig rig, FetchContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var n = 0; n < 5; n++)
        {
            await Task.Delay(Timeout / 2, rig.Clock, cancellationToken);
            context.Reject("item", RejectReasons.BadRow, null);
        }

        yield break;
    }

    // A provider that hangs and does not mind that it is cancelled.
    private async Task<Rig> HangingAsync()
    {
        var rig = new Rig();
        var provider = rig.Add(
            "p",
            new ScriptedProvider((_, token) =>
            {
                token.Register(() => _cancelled.TrySetResult());
                return IgnoreAsync(_held.Task);
            }),
            options => options.ProgressTimeout = Timeout);
        await rig.StartAsync();
        await provider.WhenCycleAsync(1);
        return rig;
    }

    private static async IAsyncEnumerable<RawPrice> IgnoreAsync(Task until)
    {
        await until;
        yield break;
    }

    private sealed class EndlessEnd(Task until) : IPriceProvider, IAsyncEnumerable<RawPrice>, IAsyncEnumerator<RawPrice>
    {
        public TaskCompletionSource Ends { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public RawPrice Current => default;

        public IAsyncEnumerable<RawPrice> FetchAsync(FetchContext context, CancellationToken cancellationToken) => this;

        public IAsyncEnumerator<RawPrice> GetAsyncEnumerator(CancellationToken cancellationToken = default) => this;

        public ValueTask<bool> MoveNextAsync() => new(false);

        public ValueTask DisposeAsync()
        {
            Ends.TrySetResult();
            return new ValueTask(until);
        }
    }
}
