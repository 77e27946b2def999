using System.Globalization;
using StackExchange.Redis;

namespace Tracera.Load;

/// <summary>The peer that does the same a tick at a time: HSET and PUBLISH, through the same client, all of a batch on their way at once.</summary>
/// <remarks>It compares nothing, so it does less: an older tick would replace a newer one.</remarks>
internal sealed class PerTickPeer(IDatabase database)
{
    private static readonly RedisChannel Channel = new("peer:prices", RedisChannel.PatternMode.Literal);

    public async Task WriteAsync(IEnumerable<PriceBatch> batches)
    {
        foreach (var batch in batches)
        {
            var calls = new Task[2 * batch.Count];
            for (var i = 0; i < batch.Count; i++)
            {
                var tick = batch.Ticks.Span[i];
                var field = string.Create(CultureInfo.InvariantCulture, $"{tick.Item}:{tick.Source}");
                var value = string.Create(
                    CultureInfo.InvariantCulture, $"{field} {tick.Price} {tick.Volume} {tick.ObservedAtMicroseconds} {tick.ReceivedAtMicroseconds}");
                calls[2 * i] = database.HashSetAsync("peer:latest", field, value);
                calls[(2 * i) + 1] = database.PublishAsync(Channel, value);
            }

            await Task.WhenAll(calls);
        }
    }
}
