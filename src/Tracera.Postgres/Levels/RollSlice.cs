namespace Tracera.Postgres;

/// <summary>How many buckets are rolled up in one transaction: more while they are quick, fewer while they are slow.</summary>
internal sealed class RollSlice
{
    public const int Least = 1;
    public const int Most = 1_440;
    private const int First = 8;
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(800);

    /// <summary>The number for the next transaction.</summary>
    public int Size { get; private set; } = First;

    /// <summary>Learns how long a transaction took.</summary>
    public void Took(TimeSpan duration)
    {
        if (duration < Quick)
        {
            Size = Math.Min(Size * 2, Most);
        }
        else if (duration > Slow)
        {
            Size = Math.Max(Size / 2, Least);
        }
    }
}
