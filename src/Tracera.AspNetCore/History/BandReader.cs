using Tracera.Shared;

namespace Tracera.AspNetCore;

/// <summary>Computes the bands of a page of bars, reading the bars before it that they need.</summary>
/// <remarks>Definition: Bollinger, Bollinger on Bollinger Bands, 2001. The maths is that of the classic forms of Tracera.Volatility.</remarks>
internal sealed class BandReader(IPriceHistory history)
{
    public const int SpansPerBar = 256;
    public const int MaxSpan = 25_000;
    private const int Growth = 4;

    /// <summary>One entry for each bar.</summary>
    public async ValueTask<IReadOnlyList<BarBands>> ReadAsync(
        SeriesKey series, BarLevel level, IReadOnlyList<Bar> bars, BandForm form, CancellationToken cancellationToken)
    {
        if (bars.Count == 0)
        {
            return [];
        }

        var before = await ReadBeforeAsync(series, level, bars[0].Start, form.Period - 1, cancellationToken).ConfigureAwait(false);
        return Compute([.. before, .. bars.Select(bar => bar.Close)], bars.Count, form);
    }

    private static BarBands[] Compute(ReadOnlySpan<decimal> closes, int count, BandForm form)
    {
        var (bands, deviations) = (new BarBands[count], new double[form.Period]);
        for (var i = 0; i < count; i++)
        {
            var end = closes.Length - count + i + 1;
            bands[i] = end < form.Period ? BarBands.None : At(closes[(end - form.Period)..end], deviations, form.Width);
        }

        return bands;
    }

    // Deviations from one of the closes, taken as decimals, so that nothing is lost where the level is large and the movement small.
    private static BarBands At(ReadOnlySpan<decimal> closes, Span<double> deviations, double width)
    {
        var origin = closes[0];
        for (var i = 0; i < closes.Length; i++)
        {
            deviations[i] = (double)(closes[i] - origin);
        }

        var (mean, deviation, _) = RollingMoments.Of(deviations);
        var middle = (double)origin + mean;
        return new BarBands { Upper = middle + (width * deviation), Middle = middle, Lower = middle - (width * deviation) };
    }

    // Empty buckets have no bar, so the bars before may lie far back: the span grows until it holds enough of them.
    private async ValueTask<List<decimal>> ReadBeforeAsync(
        SeriesKey series, BarLevel level, DateTimeOffset start, int needed, CancellationToken cancellationToken)
    {
        var limit = Math.Min(needed * SpansPerBar, MaxSpan);
        for (var span = needed; ; span = Math.Min(span * Growth, limit))
        {
            var reach = level.Width() * span;
            var from = start - DateTimeOffset.MinValue > reach ? start - reach : DateTimeOffset.MinValue;
            var query = new BarQuery(series, level, from, start, new PageRequest(span + 1));
            var page = await history.GetBarsAsync(query, cancellationToken).ConfigureAwait(false);
            if (page.Items.Count >= needed || span == limit)
            {
                return [.. page.Items.TakeLast(needed).Select(bar => bar.Close)];
            }
        }
    }
}
