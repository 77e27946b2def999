namespace Tracera;

/// <summary>How a sink is queued for and called; configured under <c>Tracera:Sinks:&lt;name&gt;</c>.</summary>
public sealed class SinkOptions
{
    /// <summary>The default of <see cref="QueueCapacity"/>.</summary>
    public const int DefaultQueueCapacity = 64;

    /// <summary>The default of <see cref="WriteTimeout"/>.</summary>
    public static readonly TimeSpan DefaultWriteTimeout = TimeSpan.FromSeconds(30);

    /// <summary>The default of <see cref="MinimumBackoff"/>.</summary>
    public static readonly TimeSpan DefaultMinimumBackoff = TimeSpan.FromMilliseconds(200);

    /// <summary>The default of <see cref="MaximumBackoff"/>.</summary>
    public static readonly TimeSpan DefaultMaximumBackoff = TimeSpan.FromSeconds(30);

    /// <summary>How many batches wait at most, 1 to 65,536. Default: 64.</summary>
    public int QueueCapacity { get; set; } = DefaultQueueCapacity;

    /// <summary>What a full queue does. Default: <see cref="SinkOverflow.Wait"/>.</summary>
    public SinkOverflow Overflow { get; set; }

    /// <summary>The deadline of one write, 100 ms to 1 h. Default: 30 s.</summary>
    public TimeSpan WriteTimeout { get; set; } = DefaultWriteTimeout;

    /// <summary>The pause after a first failure, 1 ms to <see cref="MaximumBackoff"/>; it doubles with jitter. Default: 200 ms.</summary>
    public TimeSpan MinimumBackoff { get; set; } = DefaultMinimumBackoff;

    /// <summary>The longest pause between two tries, up to 1 h. Default: 30 s.</summary>
    public TimeSpan MaximumBackoff { get; set; } = DefaultMaximumBackoff;
}
