namespace Tracera.Volatility.Worker;

/// <summary>Remembers when passes succeeded, and from which instant on the next one must look for received ticks.</summary>
/// <remarks>
/// A tick becomes visible at most a look-back after it was received, so the next pass asks for what was received since the last success that is older than
/// the newest one by that much. While the store was away no pass succeeded, so after it the marks reach back over the whole time, for as long as the look-back
/// lasts: what was written late is seen as well.
/// </remarks>
internal sealed class PassMarks(TimeSpan lookback)
{
    private readonly Queue<DateTimeOffset> _successes = new();

    /// <summary>The instant to ask from; null before the first success.</summary>
    public DateTimeOffset? Since { get; private set; }

    /// <summary>Notes that a pass succeeded.</summary>
    /// <param name="beganAt">When it began.</param>
    public void Succeeded(DateTimeOffset beganAt)
    {
        _successes.Enqueue(beganAt);
        Since ??= beganAt - lookback;
        while (_successes.TryPeek(out var oldest) && oldest <= beganAt - lookback)
        {
            Since = _successes.Dequeue();
        }
    }
}
