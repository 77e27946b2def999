namespace Tracera.Volatility;

/// <summary>How figures of the windows are computed and kept; configured under <c>Tracera:Volatility</c>.</summary>
public sealed class VolatilityOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Tracera:Volatility";

    /// <summary>The default of <see cref="Enabled"/>.</summary>
    public const bool DefaultEnabled = true;

    /// <summary>The default of <see cref="BollingerWidth"/>.</summary>
    public const double DefaultBollingerWidth = 2;

    /// <summary>The default of <see cref="MinimumObservations"/>.</summary>
    public const int DefaultMinimumObservations = 3;

    /// <summary>The default of <see cref="PageSize"/>.</summary>
    public const int DefaultPageSize = 500;

    /// <summary>The default of <see cref="MaxSeries"/>.</summary>
    public const int DefaultMaxSeries = 250_000;

    /// <summary>The default of <see cref="Mode"/>.</summary>
    public const VolatilityMode DefaultMode = VolatilityMode.Worker;

    /// <summary>The default of <see cref="ComparisonSample"/>.</summary>
    public const int DefaultComparisonSample = 100;

    /// <summary>The default of <see cref="EmitInterval"/>.</summary>
    public static readonly TimeSpan DefaultEmitInterval = TimeSpan.FromSeconds(1);

    /// <summary>The default of <see cref="ComparisonInterval"/>.</summary>
    public static readonly TimeSpan DefaultComparisonInterval = TimeSpan.FromHours(1);

    /// <summary>The default of <see cref="Interval"/>.</summary>
    public static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(10);

    /// <summary>The default of <see cref="Lookback"/>.</summary>
    public static readonly TimeSpan DefaultLookback = TimeSpan.FromSeconds(10);

    /// <summary>The default of <see cref="MaxRetryDelay"/>.</summary>
    public static readonly TimeSpan DefaultMaxRetryDelay = TimeSpan.FromSeconds(30);

    /// <summary>Whether this host computes figures; one that does not can still show those of a shared cache. Default: true.</summary>
    public bool Enabled { get; set; } = DefaultEnabled;

    /// <summary>Where figures come from: the store on a timer, or the ticks as they pass; the latter needs <c>AddStreamingVolatility()</c>. Default: <see cref="VolatilityMode.Worker"/>.</summary>
    public VolatilityMode Mode { get; set; } = DefaultMode;

    /// <summary>The rest between two rounds of figures that changed, when streaming, 50 ms to 1 h. Default: 1 s.</summary>
    public TimeSpan EmitInterval { get; set; } = DefaultEmitInterval;

    /// <summary>How often a sample of the streamed figures is compared with the store, 1 min to 1 day. Default: 1 h.</summary>
    public TimeSpan ComparisonInterval { get; set; } = DefaultComparisonInterval;

    /// <summary>How many series that sample has, 0 to 10,000; 0 compares none. Default: 100.</summary>
    public int ComparisonSample { get; set; } = DefaultComparisonSample;

    /// <summary>
    /// The rest between two passes over the series that changed, 100 ms to 1 h. Right after the start the rests begin at 1 s and double up to it. Default: 10 s.
    /// </summary>
    public TimeSpan Interval { get; set; } = DefaultInterval;

    /// <summary>
    /// How long a tick may take from being received to being visible in the store and still be seen by the next pass, 0 to 10 min. Ticks that take longer are seen
    /// when the window's next bucket begins. Default: 10 s.
    /// </summary>
    public TimeSpan Lookback { get; set; } = DefaultLookback;

    /// <summary>The longest rest between two attempts while the store or the cache is away, 1 s to 10 min; attempts begin after 1 s and double. Default: 30 s.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = DefaultMaxRetryDelay;

    /// <summary>k, how many standard deviations the Bollinger bands stand from the mean, above 0 to 100. Default: 2.</summary>
    public double BollingerWidth { get; set; } = DefaultBollingerWidth;

    /// <summary>How many ticks a window must hold to be ranked by its volatility score, 1 to 1,000,000. Default: 3.</summary>
    public int MinimumObservations { get; set; } = DefaultMinimumObservations;

    /// <summary>The names of the windows that are computed, each once: <c>1h</c>, <c>24h</c>, <c>7d</c>, <c>30d</c>; empty for all of them. Default: all four.</summary>
    public IList<string> Windows { get; set; } = [];

    /// <summary>How many series are read, computed and published at a time, 1 to 10,000. Default: 500.</summary>
    public int PageSize { get; set; } = DefaultPageSize;

    /// <summary>
    /// How many series this host keeps figures of, 1 to 10,000,000; one takes about 1 KiB, and when streaming 1 to 30 KiB more, by how many of its buckets hold ticks. Series beyond it
    /// are refused and counted until others fall silent for the longest window. Default: 250,000.
    /// </summary>
    public int MaxSeries { get; set; } = DefaultMaxSeries;
}
