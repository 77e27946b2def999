namespace Tracera;

/// <summary>How a provider is polled; configured under <c>Tracera:Providers:&lt;name&gt;</c>.</summary>
public sealed class ProviderOptions
{
    /// <summary>The configuration section that holds a section for each provider.</summary>
    public const string SectionName = "Tracera:Providers";

    /// <summary>The default of <see cref="Jitter"/>.</summary>
    public const double DefaultJitter = 0.1;

    /// <summary>The default of <see cref="Interval"/>.</summary>
    public static readonly TimeSpan DefaultInterval = TimeSpan.FromMinutes(10);

    /// <summary>The default of <see cref="ProgressTimeout"/>.</summary>
    public static readonly TimeSpan DefaultProgressTimeout = TimeSpan.FromMinutes(2);

    /// <summary>Whether the provider is polled at all. Default: true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The time from the start of one cycle to the start of the next, 100 ms to 7 days. Default: 10 min.</summary>
    public TimeSpan Interval { get; set; } = DefaultInterval;

    /// <summary>How much of the interval a cycle may be delayed by chance, 0 to 0.5, so that hosts do not ask in step. Default: 0.1.</summary>
    public double Jitter { get; set; } = DefaultJitter;

    /// <summary>A cycle in which nothing happens for so long is ended, 1 s to 1 h. Default: 2 min.</summary>
    public TimeSpan ProgressTimeout { get; set; } = DefaultProgressTimeout;

    /// <summary>The currency that is asked for, as a code of three to eight letters. Default: empty, which means USD.</summary>
    public string Currency { get; set; } = "";

    /// <summary>The names that are asked for, where the venue is asked by name. Default: none, which means all.</summary>
    public IList<string> Items { get; } = [];
}
