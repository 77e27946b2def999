using System.Buffers;
using System.Text.Json;

namespace Tracera.AspNetCore;

/// <summary>Rows of latest prices as they are answered: a price is written as JSON once, however often it is asked for. Thread-safe.</summary>
/// <remarks>Each series has one place, which it may share with others; the row of the one that was asked for last stands there. So there are never more than <see cref="Places"/>.</remarks>
internal sealed class PriceRows
{
    public const int Places = 1 << 15;
    private const int UsualBytes = 256;
    private readonly PriceRow?[] _rows = new PriceRow?[Places];

    /// <summary>The rows of prices.</summary>
    /// <param name="prices">The prices.</param>
    /// <param name="rows">Takes the rows, in the same order.</param>
    public void Of(IReadOnlyList<SourcedTick> prices, Span<PriceRow> rows)
    {
        // All places are looked at before the first row is, so that they wait for memory together and not one after the other.
        for (var i = 0; i < prices.Count; i++)
        {
            rows[i] = Volatile.Read(ref PlaceOf(prices[i].Tick.Series))!;
        }

        for (var i = 0; i < prices.Count; i++)
        {
            var (tick, source) = prices[i];
            rows[i] = Row(rows[i], tick, source);
        }
    }

    private ref PriceRow? PlaceOf(SeriesKey series) => ref _rows[(uint)series.GetHashCode() % Places];

    private PriceRow Row(PriceRow? known, in PriceTick tick, Source source)
    {
        if (known is not null && ReferenceEquals(known.Source, source) && IsWrittenAlike(known.Tick, tick))
        {
            return known;
        }

        var row = new PriceRow(tick, source, Write(tick, source));
        Volatile.Write(ref PlaceOf(tick.Series), row);
        return row;
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
}
