namespace Tracera;

/// <summary>What a metric may look at: one series in one window.</summary>
/// <param name="window">The window.</param>
/// <param name="moments">The moments of all ticks in the window.</param>
/// <param name="first">The price from which change is counted; null when there is none.</param>
/// <param name="bars">The bars that are not empty, oldest first.</param>
public readonly ref struct MetricInput(Window window, in WindowMoments moments, decimal? first, ReadOnlySpan<Bar> bars)
{
    private readonly WindowMoments _moments = moments;

    /// <summary>The window.</summary>
    public Window Window { get; } = window;

    /// <summary>The moments of all ticks in the window.</summary>
    public WindowMoments Moments => _moments;

    /// <summary>The last price at or before the window's start and not older than one more window length, else the first inside it; null when there is neither.</summary>
    public decimal? First { get; } = first;

    /// <summary>The last price inside the window; null when it holds no tick.</summary>
    public decimal? Last => Bars.IsEmpty ? null : Bars[^1].Close;

    /// <summary>The bars that are not empty, oldest first.</summary>
    public ReadOnlySpan<Bar> Bars { get; } = bars;
}
