namespace Tracera.Volatility.Figures;

/// <summary>Compares figures by value; when they were computed does not matter.</summary>
internal static class FigureEquality
{
    public static bool AreEqual(VolatilitySnapshot left, VolatilitySnapshot right)
    {
        if (left.Count != right.Count || left.Mean != right.Mean || left.Fields.Count != right.Fields.Count)
        {
            return false;
        }

        for (var i = 0; i < left.Fields.Count; i++)
        {
            if (left.ValueAt(i) != right.ValueAt(i))
            {
                return false;
            }
        }

        return true;
    }
}
