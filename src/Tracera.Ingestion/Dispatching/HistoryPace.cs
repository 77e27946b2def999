namespace Tracera.Ingestion;

/// <summary>Lets the backfill lane take its share of a sink's time and no more: after each of its batches it rests in proportion to what the batch took.</summary>
/// <remarks>A store that is given all it can take keeps prices of now waiting even while none stands before them in the queue. Not thread-safe.</remarks>
/// <param name="share">The share, above 0; at 1 it never rests.</param>
/// <param name="time">The clock.</param>
internal sealed class HistoryPace(double share, TimeProvider time)
{
    // A batch that took minutes found the sink away, not busy.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private long _from = time.GetTimestamp();
    private TimeSpan _rest;

    /// <summary>How long it still rests; zero or less when it may go on.</summary>
    public TimeSpan Left => _rest - time.GetElapsedTime(_from);

    /// <summary>A batch of it was taken.</summary>
    public void Begin() => (_from, _rest) = (time.GetTimestamp(), TimeSpan.Zero);

    /// <summary>That batch is done with.</summary>
    public void End()
    {
        var rest = time.GetElapsedTime(_from) * ((1 / share) - 1);
        (_from, _rest) = (time.GetTimestamp(), rest < Longest ? rest : Longest);
    }
}
