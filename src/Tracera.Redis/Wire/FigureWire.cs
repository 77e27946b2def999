using System.Buffers;
using System.Buffers.Binary;
using Tracera.Shared;

namespace Tracera.Redis;

/// <summary>Figures as they travel: the names of the fields once, then each series and window with its values in their order.</summary>
internal static class FigureWire
{
    private const int FixedBytes = 10 + 10 + 1 + 10 + 8 + 8;

    /// <summary>Writes figures that share their list of fields.</summary>
    public static void Write(IReadOnlyList<VolatilitySnapshot> snapshots, IBufferWriter<byte> output)
    {
        FieldNames.Write(snapshots[0].Fields, output);
        foreach (var snapshot in snapshots)
        {
            var target = output.GetSpan(FixedBytes + (sizeof(double) * snapshot.Fields.Count));
            var at = Varint.Write(target, (ulong)(uint)snapshot.Series.Item.Value);
            at += Varint.Write(target[at..], (ulong)(uint)snapshot.Series.Source.Value);
            target[at++] = (byte)snapshot.Window.Index;
            at += Varint.Write(target[at..], (ulong)snapshot.Count);
            BinaryPrimitives.WriteInt64BigEndian(target[at..], snapshot.ComputedAt.UtcTicks);
            at += sizeof(long);
            at += WriteDouble(target[at..], snapshot.Mean);
            for (var i = 0; i < snapshot.Fields.Count; i++)
            {
                at += WriteDouble(target[at..], snapshot.ValueAt(i));
            }

            output.Advance(at);
        }
    }

    /// <summary>Reads so many figures; null when the bytes are not that.</summary>
    public static VolatilitySnapshot[]? Read(ref WireReader reader, int count)
    {
        if (FieldNames.Read(ref reader) is not { } fields || count > reader.Left)
        {
            return null;
        }

        var snapshots = new VolatilitySnapshot[count];
        for (var i = 0; i < count; i++)
        {
            if (ReadOne(ref reader, fields) is not { } snapshot)
            {
                return null;
            }

            snapshots[i] = snapshot;
        }

        return reader.IsAtEnd ? snapshots : null;
    }

    private static VolatilitySnapshot? ReadOne(ref WireReader reader, string[] fields)
    {
        var series = new SeriesKey(new ItemId(reader.ReadId()), new SourceId(reader.ReadId()));
        var window = reader.ReadByte();
        var count = reader.ReadNumber(63);
        var computedAt = reader.ReadInt64();
        var mean = reader.ReadDouble();
        if (reader.IsBroken || window >= Window.All.Length || computedAt < 0 || computedAt > DateTime.MaxValue.Ticks || reader.Left < fields.Length * sizeof(double))
        {
            return null;
        }

        var values = new double[fields.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = reader.ReadDouble();
        }

        return new VolatilitySnapshot(series, Window.All[window], (long)count, mean, fields, values, new DateTimeOffset(computedAt, TimeSpan.Zero));
    }

    private static int WriteDouble(Span<byte> target, double? value)
    {
        BinaryPrimitives.WriteDoubleBigEndian(target, value ?? double.NaN);
        return sizeof(double);
    }
}
