using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Tracera.Ingestion.Tests.Running;

/// <summary>A tick waits for its batch to fill as long as the flush interval says, whatever went before it.</summary>
public sealed class FlushTests
{
    private const int BatchSize = 5;

    [Fact]
    public async Task Row_BehindAFullBatch_WaitsItsOwnTime()
    {
        await using var rig = new Rig();
        rig.Configure("Ingestion:BatchSize", $"{BatchSize}");
        var rows = Channel.CreateBounded<int>(BatchSize);
        rig.Add("ws", new StreamingProvider((_, token) => FromAsync(rows.Reader, token)));
        await rig.StartAsync();
        await OfferAsync(rig, rows.Writer, from: 1, to: BatchSize);
        await rig.Durable.WhenWrittenAsync(BatchSize);

        rig.Clock.Advance(0.9 * IngestionOptions.DefaultFlushInterval);
        await OfferAsync(rig, rows.Writer, from: BatchSize + 1, to: BatchSize + 1);
        rig.Clock.Advance(0.2 * IngestionOptions.DefaultFlushInterval);
        await OfferAsync(rig, rows.Writer, from: BatchSize + 2, to: 2 * BatchSize);
        await rig.Durable.WhenWrittenAsync(2 * BatchSize);

        Assert.Equal([BatchSize, BatchSize], rig.Durable.Batches.Select(batch => batch.Count));
    }

    [Fact]
    public async Task Row_ThatCannotBePassedOnWhileTheNextIsAwaited_EndsTheStreamWithItsReason()
    {
        await using var rig = new Rig();
        var rows = Channel.CreateBounded<int>(1);
        rig.Store.AnswersShort = true;
        rig.Add("ws", new StreamingProvider((_, token) => FromAsync(rows.Reader, token)));
        await rig.StartAsync();
        await OfferAsync(rig, rows.Writer, from: 1, to: 1);

        await rig.RunUntilAsync(rig.Store.WhenEndedAsync(1));
        await rig.RunUntilAsync(rig.Durable.WhenWrittenAsync(1));

        var run = await rig.Store.WhenEndedAsync(1);
        Assert.StartsWith("ws: ArgumentOutOfRangeException: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_ThatCannotBePassedOnAfterAFailure_LeaveItsReasonAsItIs()
    {
        await using var rig = new Rig();
        (rig.Store.AnswersShort, rig.Outside.ExpectsLoss) = (true, true);
        rig.Add("p", ScriptedProvider.Failing(new ProviderException(ProviderFailure.BadPayload, "not JSON")));
        await rig.StartAsync();

        var run = await rig.Store.WhenEndedAsync(1);

        Assert.Equal("p: not JSON", run.Error);
        Assert.Equal((1L, 1L), (rig.ProviderLedger("p").Fetched, rig.ProviderLedger("p").Lost));
    }

    [Fact]
    public async Task Row_BehindAWait_HasItsOwnTimeOfReceipt()
    {
        await using var rig = new Rig();
        var (waits, go) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource());
        rig.Add("ws", new StreamingProvider((_, _) => InTwoAsync(waits, go.Task)));
        await rig.StartAsync();
        await waits.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        go.SetResult();
        await rig.Durable.WhenWrittenAsync(2);

        Assert.Equal(TimeSpan.FromSeconds(1), rig.Durable.Ticks[1].ReceivedAt - rig.Durable.Ticks[0].ReceivedAt);
    }

    private static async IAsyncEnumerable<RawPrice> InTwoAsync(TaskCompletionSource waits, Task go)
    {
        yield return ScriptedProvider.Row("item", 1);
        waits.SetResult();
        await go;

        // Else it might not have waited.
        await Task.Yield();
        yield return ScriptedProvider.Row("item", 2);
    }

    private static async IAsyncEnumerable<RawPrice> FromAsync(ChannelReader<int> rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var n in rows.ReadAllAsync(cancellationToken))
        {
            yield return ScriptedProvider.Row("item", n);
        }
    }

    private static async Task OfferAsync(Rig rig, ChannelWriter<int> rows, int from, int to)
    {
        for (var n = from; n <= to; n++)
        {
            await rows.WriteAsync(n, TestContext.Current.CancellationToken);
        }

        await Gate.WhenAsync(() => rig.ProviderLedger("ws").Fetched == to);
    }
}
