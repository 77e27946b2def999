namespace Tracera.Sqlite;

/// <summary>Leaves one tick of each key of a batch, by the rule of the store: of another price or volume, the later receipt wins.</summary>
internal static class BatchFold
{
    /// <summary>Folds a batch.</summary>
    /// <returns>The ticks that are left, ordered by chunk and key, so that they are written in the order of the file.</returns>
    public static List<PriceTick> Fold(ReadOnlySpan<PriceTick> batch)
    {
        var ticks = batch.ToArray();
        var order = new int[ticks.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(order, (left, right) => Compare(ticks, left, right));
        var folded = new List<PriceTick>(ticks.Length);
        foreach (var index in order)
        {
            ref readonly var tick = ref ticks[index];
            if (folded.Count == 0 || !IsSameKey(folded[^1], tick))
            {
                folded.Add(tick);
            }
            else if (Replaces(tick, folded[^1]))
            {
                folded[^1] = tick;
            }
        }

        return folded;
    }

    /// <summary>Whether a tick replaces the one that is known under its key.</summary>
    public static bool Replaces(in PriceTick tick, in PriceTick known) =>
        tick.ReceivedAtMicroseconds > known.ReceivedAtMicroseconds && (tick.Price != known.Price || tick.Volume != known.Volume);

    private static bool IsSameKey(in PriceTick left, in PriceTick right) =>
        left.Series == right.Series && left.ObservedAtMicroseconds == right.ObservedAtMicroseconds;

    private static int Compare(PriceTick[] ticks, int left, int right)
    {
        ref readonly var a = ref ticks[left];
        ref readonly var b = ref ticks[right];
        var order = Chunks.StartOf(a.ObservedAtMicroseconds).CompareTo(Chunks.StartOf(b.ObservedAtMicroseconds));
        order = order != 0 ? order : a.Item.CompareTo(b.Item);
        order = order != 0 ? order : a.Source.CompareTo(b.Source);
        order = order != 0 ? order : a.ObservedAtMicroseconds.CompareTo(b.ObservedAtMicroseconds);
        return order != 0 ? order : left.CompareTo(right);
    }
}
