namespace Tracera.Volatility.Cache;

/// <summary>Orders the worst place of a ranking first, so that a heap of the best has the one to drop on top.</summary>
internal sealed class WorstFirst(bool ascending) : IComparer<RankKey>
{
    public int Compare(RankKey x, RankKey y)
    {
        var byScore = ascending ? y.Score.CompareTo(x.Score) : x.Score.CompareTo(y.Score);
        if (byScore != 0)
        {
            return byScore;
        }

        var byItem = y.Series.Item.CompareTo(x.Series.Item);
        return byItem != 0 ? byItem : y.Series.Source.CompareTo(x.Series.Source);
    }
}
