namespace Tracera.Postgres;

/// <summary>Cuts the items of a read into ranges: bars lie by item within a bucket, so that items whose ids are close are read in one go.</summary>
internal static class ItemRuns
{
    private const int Gap = 16;
    private const int Sparse = 4;

    /// <summary>The ranges, both ends included.</summary>
    public static List<(int First, int Last)> Of(IEnumerable<SeriesKey> series)
    {
        var ids = series.Select(static key => key.Item.Value).Distinct().Order().ToList();
        var runs = new List<(int First, int Last)>();
        if (ids.Count > 0 && ids[^1] - ids[0] < (long)Sparse * ids.Count)
        {
            runs.Add((ids[0], ids[^1]));
            return runs;
        }

        foreach (var id in ids)
        {
            if (runs.Count > 0 && id - runs[^1].Last <= Gap)
            {
                runs[^1] = (runs[^1].First, id);
            }
            else
            {
                runs.Add((id, id));
            }
        }

        return runs;
    }
}
