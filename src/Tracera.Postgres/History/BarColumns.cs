using System.Numerics;

namespace Tracera.Postgres;

/// <summary>The columns of a bar as they are read, and the bar that they make.</summary>
internal static class BarColumns
{
    public const int Count = 15;
    public const int OpenAt = 8;
    private const int Item = 0;
    private const int Source = 1;
    private const int Bucket = 2;
    private const int Ticks = 3;

    /// <summary>What is selected from the bars <c>b</c> joined with their source <c>s</c>. The sums of a single tick follow from it.</summary>
    public const string List =
        "b.item_id, b.source_id, b.bucket, b.n, b.open, b.high, b.low, b.close, b.open_at, "
        + "CASE s.volume_kind WHEN 0 THEN b.volume_sum ELSE b.volume_last END, "
        + "CASE WHEN b.n > 1 THEN b.sum_x END, CASE WHEN b.n > 1 THEN b.sum_xx END, CASE WHEN b.n > 1 THEN b.sum_t END, "
        + "CASE WHEN b.n > 1 THEN b.sum_tt END, CASE WHEN b.n > 1 THEN b.sum_tx END";

    public static SeriesKey Series(CopyRows row) => new(new ItemId(row.Int32(Item)), new SourceId(row.Int32(Source)));

    public static Bar Bar(CopyRows row)
    {
        var start = row.Instant(Bucket);
        var open = row.Decimal(4);
        var moments = row.Int64(Ticks) == 1
            ? new BarMoments(1, 0, 0, (double)(row.Instant(OpenAt) - start) / UnixTime.MicrosecondsPerSecond, 0, 0)
            : Moments(row, start, open);
        return new Bar(start, open, row.Decimal(5), row.Decimal(6), row.Decimal(7), row.SumOrNull(9), moments);
    }

    private static BarMoments Moments(CopyRows row, long start, decimal open)
    {
        var x = row.Numeric(10);
        var xx = row.Numeric(11);
        var tx = row.Numeric(14);
        return xx.Scale == 2 * x.Scale && tx.Scale == x.Scale
            && row.Numeric(12).TryToUnits(out var t) && row.Numeric(13).TryToUnits(out var tt) && tx.TryToUnits(out var txUnits)
            && SmallMoments.TryOf(row.Int64(Ticks), x, xx, (t, tt, txUnits), BarLevel.Day7.Floor(start) - start, open, out var moments)
            ? moments
            : Sums(row, start).ToMoments(open);
    }

    // The store counts t from the Monday before, the bar from its own start.
    private static BarSums Sums(CopyRows row, long start)
    {
        var x = row.Numeric(10);
        var scale = x.Scale;
        var sums = new BarSums(
            row.Int64(Ticks), scale, x.ToUnits(), Units(row.Numeric(11), 2 * scale), Units(row.Numeric(12), 0), Units(row.Numeric(13), 0), Units(row.Numeric(14), scale));
        return sums.Shift(BarLevel.Day7.Floor(start) - start);
    }

    private static BigInteger Units(WireNumeric number, int scale)
    {
        var (units, shift) = (number.ToUnits(), scale - number.Scale);
        return shift == 0 ? units : shift > 0 ? units * BigInteger.Pow(10, shift) : units / BigInteger.Pow(10, -shift);
    }
}
