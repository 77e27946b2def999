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
    public async Task Row_BehindAWait_HasItsOwnTimeOfReceipt()
    {
        await using var rig = new Rig();
        rig.Configure("Ingestion:BatchSize", "1");
        var rows = Channel.CreateBounded<int>(1);
        rig.Add("ws", new StreamingProvider((_, token) => FromAsync(rows.Reader, token)));
        await rig.StartAsync();
        await OfferAsync(rig, rows.Writer, from: 1, to: 1);
        await rig.Durable.WhenWrittenAsync(1);

        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        await OfferAsync(rig, rows.Writer, from: 2, to: 2);
        await rig.Durable.WhenWrittenAsync(2);

        Assert.Equal(TimeSpan.FromSeconds(1), rig.Durable.Ticks[1].ReceivedAt - rig.Durable.Ticks[0].ReceivedAt);
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
