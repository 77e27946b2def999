namespace Tracera.AspNetCore;

/// <summary>Computes the bands of a page of bars, reading the bars before it that they need.</summary>
internal sealed class BandReader(IPriceHistory history)
{
    private const int Needed = BollingerBands.Length - 1;
    private const int FirstSpan = Needed;
    private const int Growth = 4;
    private const int MaxSpan = FirstSpan * 256;

    /// <summary>One entry for each bar.</summary>
    public async ValueTask<IReadOnlyList<BarBands>> ReadAsync(
        SeriesKey series, BarLevel level, IReadOnlyList<Bar> bars, CancellationToken cancellationToken)
    {
        if (bars.Count == 0)
        {
            return [];
        }

        var before = await ReadBeforeAsync(series, level, bars[0].Start, cancellationToken).ConfigureAwait(false);
        decimal[] closes = [.. before, .. bars.Select(bar => bar.Close)];
        var bands = new BarBands[bars.Count];
        for (var i = 0; i < bands.Length; i++)
        {
            bands[i] = BollingerBands.At(closes.AsSpan(0, before.Count + i + 1));
        }

        return bands;
    }

    // Empty buckets have no bar, so the bars before may lie far back: the span grows until it holds enough of them.
    private async ValueTask<List<decimal>> ReadBeforeAsync(
        SeriesKey series, BarLevel level, DateTimeOffset start, CancellationToken cancellationToken)
    {
        for (var span = FirstSpan; ; span *= Growth)
        {
            var reach = level.Width() * span;
            var from = start - DateTimeOffset.MinValue > reach ? start - reach : DateTimeOffset.MinValue;
            var query = new BarQuery(series, level, from, start, new PageRequest(span + 1));
            var page = await history.GetBarsAsync(query, cancellationToken).ConfigureAwait(false);
            if (page.Items.Count >= Needed || span >= MaxSpan)
            {
                return [.. page.Items.TakeLast(Needed).Select(bar => bar.Close)];
            }
        }
    }
}
