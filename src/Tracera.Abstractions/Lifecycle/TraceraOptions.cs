namespace Tracera;

/// <summary>What concerns a whole instance; configured under <c>Tracera</c>.</summary>
public sealed class TraceraOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Tracera";

    /// <summary>The default of <see cref="DrainTimeout"/>.</summary>
    public static readonly TimeSpan DefaultDrainTimeout = TimeSpan.FromSeconds(20);

    /// <summary>Names this instance among the hosts of one store, 1 to 100 characters. Default: the machine's name, the process id and a random part.</summary>
    public string InstanceName { get; set; } = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}";

    /// <summary>
    /// How long a stop may take until what is not yet written is given up, 0 to 10 min. The host's own shutdown time-out must be longer.
    /// Default: 20 s.
    /// </summary>
    public TimeSpan DrainTimeout { get; set; } = DefaultDrainTimeout;
}
