namespace Tracera.Redis;

/// <summary>Reads the messages of the channels. Anything may come from there: what is no update is null.</summary>
internal static class UpdateMessage
{
    public static UpdateBatch? Read(ReadOnlySpan<byte> bytes, ShardChannel channel)
    {
        var reader = new WireReader(bytes);
        if (!UpdateHeader.TryRead(ref reader, channel.Shard, out var header) || header.IsPrices != channel.IsPrices)
        {
            return null;
        }

        if (!header.IsPrices)
        {
            return FigureWire.Read(ref reader, header.Count) is { } figures ? new UpdateBatch(header.Point, default, figures) : null;
        }

        return ReadTicks(ref reader, header.Count) is { } ticks ? new UpdateBatch(header.Point, ticks, []) : null;
    }

    private static PriceTick[]? ReadTicks(ref WireReader reader, int count)
    {
        if (count > reader.Left / TickWire.MinBytes)
        {
            return null;
        }

        var ticks = new PriceTick[count];
        foreach (ref var tick in ticks.AsSpan())
        {
            tick = TickWire.Read(ref reader);
        }

        return reader.IsAtEnd ? ticks : null;
    }
}
