namespace Tracera.Ingestion;

/// <summary>Where sinks spill to; configured under <c>Tracera:Spool</c>.</summary>
public sealed class FileSpoolOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Tracera:Spool";

    /// <summary>The default of <see cref="Capacity"/>.</summary>
    public const long DefaultCapacity = 256L * 1024 * 1024;

    /// <summary>The folder, which holds one for each sink that spills; one process uses it at a time. Default: null, which means <c>spool</c> in <c>Tracera:DataFolder</c>, else in <c>data</c>.</summary>
    public string? Folder { get; set; }

    /// <summary>The most bytes that the spool of one sink takes of the disk, 16 MiB to 1 TiB. Default: 256 MiB.</summary>
    public long Capacity { get; set; } = DefaultCapacity;
}
