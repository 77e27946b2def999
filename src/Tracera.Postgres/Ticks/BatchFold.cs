namespace Tracera.Postgres;

/// <summary>Leaves one tick for each key of a batch: the one that would stand if they were written one after the other.</summary>
internal static class BatchFold
{
    /// <summary>Folds the ticks of a part.</summary>
    /// <returns>Ticks of different keys, in the order of the table's key, so that two writers never wait for each other crosswise.</returns>
    public static PriceTick[] Fold(in TickPart part)
    {
        var ticks = part.Ticks.Span;
        var order = new List<int>(ticks.Length);
        for (var i = 0; i < ticks.Length; i++)
        {
            if (part.Holds(ticks[i]))
            {
                order.Add(i);
            }
        }

        var memory = part.Ticks;
        order.Sort((left, right) => Compare(memory.Span, left, right));
        var folded = new List<PriceTick>(order.Count);
        foreach (var i in order)
        {
            if (folded.Count == 0 || !IsSameKey(folded[^1], ticks[i]))
            {
                folded.Add(ticks[i]);
            }
            else if (Replaces(ticks[i], folded[^1]))
            {
                folded[^1] = ticks[i];
            }
        }

        return [.. folded];
    }

    private static bool Replaces(in PriceTick tick, in PriceTick known) =>
        tick.ReceivedAtMicroseconds > known.ReceivedAtMicroseconds && (tick.Price != known.Price || tick.Volume != known.Volume);

    private static bool IsSameKey(in PriceTick left, in PriceTick right) =>
        left.Series == right.Series && left.ObservedAtMicroseconds == right.ObservedAtMicroseconds;

    private static int Compare(ReadOnlySpan<PriceTick> ticks, int left, int right)
    {
        ref readonly var a = ref ticks[left];
        ref readonly var b = ref ticks[right];
        var order = a.ObservedAtMicroseconds.CompareTo(b.ObservedAtMicroseconds);
        order = order != 0 ? order : a.Item.CompareTo(b.Item);
        order = order != 0 ? order : a.Source.CompareTo(b.Source);
        return order != 0 ? order : left.CompareTo(right);
    }
}
