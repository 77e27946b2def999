namespace Tracera.Redis;

/// <summary>Reads the messages of the channels. Anything may come from there: what is no update is null.</summary>
internal static class UpdateMessage
{
    public static UpdateBatch? Read(ReadOnlySpan<byte> bytes, ShardChannel channel)
    {
        var reader = new WireReader(bytes);
        if (!UpdateHeader.TryRead(ref reader, channel.Shard, out var header) || (header.Kind != UpdateKind.Figures) != channel.IsPrices)
        {
            return null;
        }

        if (header.Kind == UpdateKind.Figures)
        {
            return FigureWire.Read(ref reader, header.Count) is { } figures ? new UpdateBatch(header.Point, default, figures) : null;
        }

        return ReadTicks(ref reader, header) is { } ticks ? new UpdateBatch(header.Point, ticks, []) : null;
    }

    private static PriceTick[]? ReadTicks(ref WireReader reader, UpdateHeader header)
    {
        if (header.Count > reader.Left / TickWire.MinBytes)
        {
            return null;
        }

        var ticks = new PriceTick[header.Count];
        foreach (ref var tick in ticks.AsSpan())
        {
            if (header.Kind == UpdateKind.Entries)
            {
                _ = reader.ReadBytes(reader.ReadByte());
                _ = reader.ReadByte();
            }

            tick = TickWire.Read(ref reader);
        }

        return reader.IsAtEnd ? ticks : null;
    }
}
