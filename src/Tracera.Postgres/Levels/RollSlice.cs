namespace Tracera.Postgres;

/// <summary>How many buckets are rolled up in one transaction: more while they are quick, fewer while they are slow or do not end at all.</summary>
internal sealed class RollSlice(TimeProvider time)
{
    public const int Least = 1;
    public const int Most = 1_440;
    private const int First = 8;
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(800);

    /// <summary>The number for the next transaction.</summary>
    public int Size { get; private set; } = First;

    /// <summary>How long the last one took.</summary>
    public TimeSpan Took { get; private set; }

    /// <summary>Rolls up at most <see cref="Size"/> buckets and learns from how it went.</summary>
    /// <param name="roll">Rolls up at most so many and gives how many there were.</param>
    /// <returns>How many were rolled up, and whether more may wait.</returns>
    public async Task<(int Rolled, bool IsFull)> RunAsync(Func<int, Task<int>> roll)
    {
        var (size, startedAt) = (Size, time.GetTimestamp());
        int rolled;
        try
        {
            rolled = await roll(size).ConfigureAwait(false);
        }
        catch (Exception fault) when (PostgresFaults.IsFault(fault))
        {
            // Nothing of it is done, and most likely it was too much for the time that a statement has.
            Shrink();
            throw;
        }

        Took = time.GetElapsedTime(startedAt);
        Learn(rolled >= size);
        return (rolled, rolled >= size);
    }

    // A few that were quick say nothing about many.
    private void Learn(bool isFull)
    {
        if (Took > Slow)
        {
            Shrink();
        }
        else if (isFull && Took < Quick)
        {
            Size = Math.Min(Size * 2, Most);
        }
    }

    private void Shrink() => Size = Math.Max(Size / 2, Least);
}
