using System.Runtime.CompilerServices;

namespace Tracera.Postgres;

/// <summary>The newest tick of each series that a writer has written or met: a guess at which rows the table holds, never more.</summary>
/// <remarks>Grows with the series until it has its most places, of 16 bytes each; then a series takes the place of one whose tick is older. Not thread-safe.</remarks>
internal sealed class SeriesMarks(int mostPlaces = SeriesMarks.MostPlaces)
{
    private const int MostPlaces = 1 << 20;
    private const int FirstPlaces = 1 << 10;

    // A series lies within so many places of where it belongs.
    private const int Reach = 8;

    // A tick of this very instant leaves no mark.
    private const long Free = 0;
    private Place[] _places = new Place[Math.Min(FirstPlaces, mostPlaces) + Reach];

    /// <summary>The mark of a series, in microseconds, to be read and raised; the least number where it has none.</summary>
    public ref long Of(SeriesKey series)
    {
        ref var place = ref Find(series);
        while (place.Series != series && place.At != Free && _places.Length < mostPlaces)
        {
            Grow();
            place = ref Find(series);
        }

        if (place.Series != series || place.At == Free)
        {
            place = new Place { Series = series, At = long.MinValue };
        }

        return ref place.At;
    }

    // The place of a series, or a free one, or that with the oldest tick within reach.
    private ref Place Find(SeriesKey series)
    {
        var first = (int)(Hash(series) & (uint)(_places.Length - Reach - 1));
        ref var oldest = ref _places[first];
        for (var i = first; i < first + Reach; i++)
        {
            ref var place = ref _places[i];
            if (place.Series == series || place.At == Free)
            {
                return ref place;
            }

            if (place.At < oldest.At)
            {
                oldest = ref place;
            }
        }

        return ref oldest;
    }

    private void Grow()
    {
        var former = _places;
        _places = new Place[((former.Length - Reach) * 2) + Reach];
        foreach (ref readonly var place in former.AsSpan())
        {
            if (place.At != Free)
            {
                Find(place.Series) = place;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(SeriesKey series) =>
        (uint)((((ulong)(uint)series.Source.Value << 32) | (uint)series.Item.Value) * 0x9E37_79B9_7F4A_7C15UL >> 32);

    private struct Place
    {
        public SeriesKey Series;
        public long At;
    }
}
