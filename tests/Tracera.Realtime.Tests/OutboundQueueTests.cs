using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Tracera.Realtime.Delivery;

namespace Tracera.Realtime.Tests;

public sealed class OutboundQueueTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly object _slot = new();

    [Fact]
    public void Offer_OfASlotThatWaits_TakesItsPlace()
    {
        var queue = Create();
        queue.Offer(Update("a1"));
        queue.Offer(OutboundEntry.Update(new object(), Bytes("b")));

        queue.Offer(Update("a2"));

        Assert.Equal(["a2", "b"], Texts(queue.Drain()));
    }

    [Fact]
    public void Offer_AfterABarrier_DoesNotOvertakeIt()
    {
        var queue = Create();
        queue.Offer(Update("a1"));
        queue.Add(new OutboundEntry(Bytes("snapshot"), IsBarrier: true));

        queue.Offer(Update("a2"));

        Assert.Equal(["a1", "snapshot", "a2"], Texts(queue.Drain()));
    }

    [Fact]
    public void Resync_WithUpdatesThatWait_KeepsTheAnswersOnly()
    {
        var queue = Create();
        queue.Offer(Update("a1"));
        queue.Add(OutboundEntry.Reply([(byte)'p']));

        queue.RequestResync();
        queue.Offer(Update("a2"));
        var drained = queue.Drain();

        Assert.True(drained.Resync);
        Assert.Equal(["p"], Texts(drained));
        Assert.False(queue.Drain().Resync);
    }

    public void Dispose() => _services.Dispose();

    private static ReadOnlyMemory<byte>[] Bytes(string text) => [Encoding.ASCII.GetBytes(text)];

    private static IEnumerable<string> Texts(Drained drained) => drained.Entries.Select(entry => Encoding.ASCII.GetString(entry.Body[0].Span));

    private OutboundEntry Update(string text) => OutboundEntry.Update(_slot, Bytes(text));

    [Theory]
    [InlineData(4, 0)]
    [InlineData(5, 4008)]
    public void Add_MoreAnswersThanMayWait_ClosesAsSlow(int answers, int code)
    {
        var queue = Create();

        for (var i = 0; i < answers; i++)
        {
            queue.Add(OutboundEntry.Reply([(byte)'p']));
        }

        Assert.Equal(code, queue.CloseCode);
    }

    private OutboundQueue Create() => new(16, 4, new RealtimeMeters(_services.GetRequiredService<IMeterFactory>()));
}
