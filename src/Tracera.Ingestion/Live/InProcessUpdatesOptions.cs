namespace Tracera.Ingestion;

/// <summary>How live updates are kept and handed over inside this process; configured under <c>Tracera:InProcessUpdates</c>.</summary>
public sealed class InProcessUpdatesOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Tracera:InProcessUpdates";

    /// <summary>The default of <see cref="QueueCapacity"/>.</summary>
    public const int DefaultQueueCapacity = 1_024;

    /// <summary>The default of <see cref="MaxSeries"/>.</summary>
    public const int DefaultMaxSeries = 1_000_000;

    /// <summary>The default of <see cref="MaxPending"/>.</summary>
    public const int DefaultMaxPending = 100_000;

    /// <summary>The default of <see cref="RetryInterval"/>.</summary>
    public static readonly TimeSpan DefaultRetryInterval = TimeSpan.FromSeconds(5);

    /// <summary>How many batches of updates wait for one subscriber at most, 1 to 65,536; the oldest give way and the subscriber is told. Default: 1,024.</summary>
    public int QueueCapacity { get; set; } = DefaultQueueCapacity;

    /// <summary>
    /// Of how many series the latest tick is kept, 1 to 10,000,000, at about 100 bytes each. Ticks of series beyond are counted and not live; they are read from the store.
    /// Default: 1,000,000.
    /// </summary>
    public int MaxSeries { get; set; } = DefaultMaxSeries;

    /// <summary>How many ticks ahead of the clock wait for their time, 0 to 1,000,000; those beyond are counted and not live. Default: 100,000.</summary>
    public int MaxPending { get; set; } = DefaultMaxPending;

    /// <summary>How long to wait before the store is asked again for the latest ticks when it was away at start, 100 ms to 1 h. Default: 5 s.</summary>
    public TimeSpan RetryInterval { get; set; } = DefaultRetryInterval;
}
