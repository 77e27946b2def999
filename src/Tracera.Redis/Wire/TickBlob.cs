using System.Buffers;
using System.Buffers.Text;

namespace Tracera.Redis;

/// <summary>Up to <see cref="MaxTicks"/> ticks of one shard as the argument of the script: for each the field and the value, a byte of length before either.</summary>
internal static class TickBlob
{
    /// <summary>What one script call takes: the fields and values of a call fit into what Lua can unpack.</summary>
    public const int MaxTicks = 1_000;

    private const int MaxFieldBytes = 23;
    private const int MaxEntryBytes = 2 + MaxFieldBytes + TickWire.MaxBytes;

    public static byte[] Write(ReadOnlySpan<PriceTick> ticks)
    {
        var memory = ArrayPool<byte>.Shared.Rent(ticks.Length * MaxEntryBytes);
        var target = memory.AsSpan();
        var at = 0;
        foreach (ref readonly var tick in ticks)
        {
            var field = WriteField(target[(at + 1)..], tick.Item.Value, tick.Source.Value);
            target[at] = (byte)field;
            at += 1 + field;
            var value = TickWire.Write(target[(at + 1)..], tick);
            target[at] = (byte)value;
            at += 1 + value;
        }

        var blob = target[..at].ToArray();
        ArrayPool<byte>.Shared.Return(memory);
        return blob;
    }

    /// <summary>The field of a series in the hash of latest ticks.</summary>
    public static byte[] Field(ItemId item, SourceId source)
    {
        Span<byte> field = stackalloc byte[MaxFieldBytes];
        return field[..WriteField(field, item.Value, source.Value)].ToArray();
    }

    private static int WriteField(Span<byte> target, int item, int source)
    {
        _ = Utf8Formatter.TryFormat(item, target, out var at);
        target[at++] = (byte)':';
        _ = Utf8Formatter.TryFormat(source, target[at..], out var more);
        return at + more;
    }
}
