namespace Tracera.Volatility.Cache;

/// <summary>Orders the worst place of a ranking first, so that a heap of the best has the one to drop on top.</summary>
internal sealed class WorstFirst(bool ascending) : IComparer<RankKey>
{
    public int Compare(RankKey x, RankKey y)
    {
        var byFigure = ascending ? y.Figure.CompareTo(x.Figure) : x.Figure.CompareTo(y.Figure);
        if (byFigure != 0)
        {
            return byFigure;
        }

        var byItem = y.Series.Item.CompareTo(x.Series.Item);
        return byItem != 0 ? byItem : y.Series.Source.CompareTo(x.Series.Source);
    }
}
