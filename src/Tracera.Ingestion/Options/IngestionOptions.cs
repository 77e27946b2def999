namespace Tracera.Ingestion;

/// <summary>How prices are polled, checked, batched and accounted for; configured under <c>Tracera:Ingestion</c>.</summary>
/// <remarks>Read once, at start. Every value has bounds; a value outside them stops the start with a line that names it.</remarks>
public sealed class IngestionOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Tracera:Ingestion";

    /// <summary>The default of <see cref="BatchSize"/>.</summary>
    public const int DefaultBatchSize = 4096;

    /// <summary>The default of <see cref="BackfillBatchSize"/>.</summary>
    public const int DefaultBackfillBatchSize = 1024;

    /// <summary>The default of <see cref="ChannelCapacity"/>.</summary>
    public const int DefaultChannelCapacity = 32;

    /// <summary>The default of <see cref="MaxConcurrentProviders"/>.</summary>
    public const int DefaultMaxConcurrentProviders = 16;

    /// <summary>The default of <see cref="MaxSlowProviders"/>.</summary>
    public const int DefaultMaxSlowProviders = 16;

    /// <summary>The default of <see cref="MaxNameLength"/>.</summary>
    public const int DefaultMaxNameLength = 256;

    /// <summary>The default of <see cref="MaxIntegerDigits"/>.</summary>
    public const int DefaultMaxIntegerDigits = 15;

    /// <summary>The default of <see cref="MaxDecimals"/>.</summary>
    public const int DefaultMaxDecimals = 12;

    /// <summary>The default of <see cref="MaxTrackedSeries"/>.</summary>
    public const int DefaultMaxTrackedSeries = 262_144;

    /// <summary>The default of <see cref="MaxJournalEntries"/>.</summary>
    public const int DefaultMaxJournalEntries = 100_000;

    /// <summary>The default of <see cref="Heartbeat"/>.</summary>
    public static readonly TimeSpan DefaultHeartbeat = TimeSpan.FromMinutes(15);

    /// <summary>The default of <see cref="MaxTickAge"/>.</summary>
    public static readonly TimeSpan DefaultMaxTickAge = TimeSpan.FromHours(24);

    /// <summary>The default of <see cref="MaxClockLead"/>.</summary>
    public static readonly TimeSpan DefaultMaxClockLead = TimeSpan.FromMinutes(5);

    /// <summary>The default of <see cref="FlushInterval"/>.</summary>
    public static readonly TimeSpan DefaultFlushInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>The default of <see cref="SlowAfter"/>.</summary>
    public static readonly TimeSpan DefaultSlowAfter = TimeSpan.FromSeconds(10);

    /// <summary>The default of <see cref="LeaseDuration"/>.</summary>
    public static readonly TimeSpan DefaultLeaseDuration = TimeSpan.FromSeconds(30);

    /// <summary>The default of <see cref="HeartbeatInterval"/>.</summary>
    public static readonly TimeSpan DefaultHeartbeatInterval = TimeSpan.FromSeconds(10);

    /// <summary>The default of <see cref="CancellationGrace"/>.</summary>
    public static readonly TimeSpan DefaultCancellationGrace = TimeSpan.FromSeconds(5);

    /// <summary>The default of <see cref="MinimumBackoff"/>.</summary>
    public static readonly TimeSpan DefaultMinimumBackoff = TimeSpan.FromSeconds(5);

    /// <summary>The default of <see cref="MaximumReconnectBackoff"/>.</summary>
    public static readonly TimeSpan DefaultMaximumReconnectBackoff = TimeSpan.FromMinutes(1);

    /// <summary>Which prices are handed to the sinks, <c>All</c> or <c>Changes</c>. Default: <see cref="StoreMode.All"/>.</summary>
    public StoreMode Store { get; set; } = StoreMode.All;

    /// <summary>With <see cref="StoreMode.Changes"/>: how often an unchanged price is stored all the same, 1 s to 7 days. Default: 15 min.</summary>
    public TimeSpan Heartbeat { get; set; } = DefaultHeartbeat;

    /// <summary>A live price observed longer ago is rejected as <see cref="RejectReasons.TooLate"/>, 1 min to 30 days. Default: 24 h.</summary>
    public TimeSpan MaxTickAge { get; set; } = DefaultMaxTickAge;

    /// <summary>A price observed further ahead of the clock is rejected as <see cref="RejectReasons.TooEarly"/>, 0 to 1 h. Default: 5 min.</summary>
    public TimeSpan MaxClockLead { get; set; } = DefaultMaxClockLead;

    /// <summary>How many ticks a batch holds at most, 1 to 65,536. Default: 4,096.</summary>
    public int BatchSize { get; set; } = DefaultBatchSize;

    /// <summary>
    /// How many ticks a batch of a backfill holds at most, 1 to 65,536, and never more than <see cref="BatchSize"/>: prices of now that come while a sink writes one wait until it is done.
    /// Default: 1,024.
    /// </summary>
    public int BackfillBatchSize { get; set; } = DefaultBackfillBatchSize;

    /// <summary>How long a tick waits at most for its batch to fill while the provider is silent, 1 ms to 1 min. Default: 100 ms.</summary>
    public TimeSpan FlushInterval { get; set; } = DefaultFlushInterval;

    /// <summary>How many batches wait between the runners and the dispatcher, 1 to 4,096; when it is full the runners wait. Default: 32.</summary>
    public int ChannelCapacity { get; set; } = DefaultChannelCapacity;

    /// <summary>How many providers are polled at one time, 1 to 1,024, slow ones apart; streams do not count. Default: 16.</summary>
    public int MaxConcurrentProviders { get; set; } = DefaultMaxConcurrentProviders;

    /// <summary>A cycle that takes longer gives its place to others and goes on among the slow, 1 s to 1 h; so does the provider's next cycle, from its start. Default: 10 s.</summary>
    public TimeSpan SlowAfter { get; set; } = DefaultSlowAfter;

    /// <summary>How many slow cycles run at one time beside <see cref="MaxConcurrentProviders"/>, 1 to 1,024; one that becomes slow when there are as many is ended. Default: 16.</summary>
    public int MaxSlowProviders { get; set; } = DefaultMaxSlowProviders;

    /// <summary>How long a run or a provider's lease outlives the last heartbeat of its host, 2 s to 1 h. Default: 30 s.</summary>
    public TimeSpan LeaseDuration { get; set; } = DefaultLeaseDuration;

    /// <summary>The time between two heartbeats, 500 ms to half of <see cref="LeaseDuration"/>; the counts of running runs are kept as often. Default: 10 s.</summary>
    public TimeSpan HeartbeatInterval { get; set; } = DefaultHeartbeatInterval;

    /// <summary>
    /// The longest name of an item, a category or a source that is taken, in characters, 1 to 400: a category and a name together fit into one key of the store's index, whatever their letters.
    /// Default: 256.
    /// </summary>
    public int MaxNameLength { get; set; } = DefaultMaxNameLength;

    /// <summary>The most digits before the point of a price or volume, 1 to 28. Default: 15.</summary>
    public int MaxIntegerDigits { get; set; } = DefaultMaxIntegerDigits;

    /// <summary>The most digits after the point of a price or volume, trailing zeros aside, 0 to 28 less <see cref="MaxIntegerDigits"/>. Default: 12.</summary>
    public int MaxDecimals { get; set; } = DefaultMaxDecimals;

    /// <summary>How many names and series are remembered for each provider, 1,024 to 16,777,216; what is forgotten is looked up again. Default: 262,144.</summary>
    public int MaxTrackedSeries { get; set; } = DefaultMaxTrackedSeries;

    /// <summary>How many changes of runs wait in memory while the store is away, 100 to 1,000,000; when it is full no run is started. Default: 100,000, which take some 40 MB.</summary>
    public int MaxJournalEntries { get; set; } = DefaultMaxJournalEntries;

    /// <summary>How long a cancelled cycle has to end before it is abandoned, 100 ms to 5 min. Default: 5 s.</summary>
    public TimeSpan CancellationGrace { get; set; } = DefaultCancellationGrace;

    /// <summary>The pause after a first failed cycle or connection, 100 ms to 1 h; it doubles with jitter, for a cycle up to its interval. Default: 5 s.</summary>
    public TimeSpan MinimumBackoff { get; set; } = DefaultMinimumBackoff;

    /// <summary>The longest pause between two connections of a stream, <see cref="MinimumBackoff"/> to 1 h. Default: 1 min.</summary>
    public TimeSpan MaximumReconnectBackoff { get; set; } = DefaultMaximumReconnectBackoff;
}
