using System.Buffers;
using System.Text.Json;

namespace Tracera.AspNetCore;

/// <summary>Rows of latest prices as they are answered: a price is written as JSON once, however often it is asked for. Thread-safe.</summary>
/// <remarks>Each series has one place, which it may share with others; the row of the one that was asked for last stands there. So there are never more than <see cref="Places"/>.</remarks>
internal sealed class PriceRows
{
    public const int Places = 1 << 15;
    private const int UsualBytes = 256;
    private readonly Row?[] _rows = new Row?[Places];

    /// <summary>The row of a price.</summary>
    public ReadOnlySpan<byte> Of(in PriceTick tick, Source source)
    {
        ref var place = ref _rows[(uint)tick.Series.GetHashCode() % Places];
        var row = Volatile.Read(ref place);
        if (row is null || !ReferenceEquals(row.Source, source) || !IsWrittenAlike(row.Tick, tick))
        {
            row = new Row(tick, source, Write(tick, source));
            Volatile.Write(ref place, row);
        }

        return row.Json;
    }

    // 1.0 and 1.00 are equal and are written differently.
    private static bool IsWrittenAlike(in PriceTick known, in PriceTick tick) =>
        known == tick && known.Price.Scale == tick.Price.Scale && known.Volume?.Scale == tick.Volume?.Scale;

    private static byte[] Write(in PriceTick tick, Source source)
    {
        var output = new ArrayBufferWriter<byte>(UsualBytes);
        using (var json = new Utf8JsonWriter(output, LatestPricesWriter.Options))
        {
            LatestPricesWriter.Write(json, tick, source);
        }

        return output.WrittenSpan.ToArray();
    }

    private sealed record Row(PriceTick Tick, Source Source, byte[] Json);
}
