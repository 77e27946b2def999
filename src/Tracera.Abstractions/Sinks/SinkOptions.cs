namespace Tracera;

/// <summary>How a sink is queued for and called; configured under <c>Tracera:Sinks:&lt;name&gt;</c>.</summary>
public sealed class SinkOptions
{
    /// <summary>The default of <see cref="QueueCapacity"/>.</summary>
    public const int DefaultQueueCapacity = 64;

    /// <summary>The default of <see cref="MergeBytes"/>.</summary>
    public const int DefaultMergeBytes = 1024 * 1024;

    /// <summary>The default of <see cref="BackfillShare"/>.</summary>
    public const double DefaultBackfillShare = 0.25;

    /// <summary>The default of <see cref="WriteTimeout"/>.</summary>
    public static readonly TimeSpan DefaultWriteTimeout = TimeSpan.FromSeconds(30);

    /// <summary>The default of <see cref="MinimumBackoff"/>.</summary>
    public static readonly TimeSpan DefaultMinimumBackoff = TimeSpan.FromMilliseconds(200);

    /// <summary>The default of <see cref="MaximumBackoff"/>.</summary>
    public static readonly TimeSpan DefaultMaximumBackoff = TimeSpan.FromSeconds(30);

    /// <summary>How many batches wait at most, 1 to 65,536. Default: 64.</summary>
    public int QueueCapacity { get; set; } = DefaultQueueCapacity;

    /// <summary>What a full queue does. Default: <see cref="SinkOverflow.Wait"/> for the durable sink, <see cref="SinkOverflow.Conflate"/> for the others where the ingestion runs them.</summary>
    public SinkOverflow Overflow { get; set; }

    /// <summary>Batches of one run of one provider that wait one behind the other are written as one, up to so many ticks, 0 to 65,536; 0 leaves each by itself. Default: 0.</summary>
    public int MergeTicks { get; set; }

    /// <summary>The most bytes of such a write, as <see cref="BatchCodec"/> writes them, 1,024 to 67,108,864. Default: 1,048,576.</summary>
    public int MergeBytes { get; set; } = DefaultMergeBytes;

    /// <summary>How old the first tick of such a write may grow while the sink waits for more, 0 to 1 min. Default: 0, only what waits already is merged.</summary>
    public TimeSpan MergeAge { get; set; }

    /// <summary>
    /// The share of the sink's time that the backfill lane takes at most, 0.01 to 1: after each of its writes it rests so much longer than the write took. At 1 it never
    /// rests. Default: 0.25.
    /// </summary>
    public double BackfillShare { get; set; } = DefaultBackfillShare;

    /// <summary>The deadline of one write, 100 ms to 1 h. Default: 30 s.</summary>
    public TimeSpan WriteTimeout { get; set; } = DefaultWriteTimeout;

    /// <summary>The pause after a first failure, 1 ms to <see cref="MaximumBackoff"/>; it doubles with jitter. Default: 200 ms.</summary>
    public TimeSpan MinimumBackoff { get; set; } = DefaultMinimumBackoff;

    /// <summary>The longest pause between two tries, up to 1 h. Default: 30 s.</summary>
    public TimeSpan MaximumBackoff { get; set; } = DefaultMaximumBackoff;
}
