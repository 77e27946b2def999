namespace Tracera.Sqlite;

/// <summary>The names of the store's instruments on the meter <see cref="TraceraTelemetry.MeterName"/>.</summary>
public static class SqliteInstruments
{
    /// <summary>A histogram, in seconds: how long a batch's transaction took.</summary>
    public const string WriteDuration = "tracera.sqlite.write.duration";

    /// <summary>A gauge, in bytes: what the file and its logs take of the disk.</summary>
    public const string DiskUsage = "tracera.sqlite.disk.usage";

    /// <summary>A counter of ticks that were removed, tagged <c>reason</c>: <c>retention</c> or <c>ceiling</c>.</summary>
    public const string TicksRemoved = "tracera.sqlite.ticks.removed";

    /// <summary>A counter of bars that were removed, tagged <c>level</c> and <c>reason</c>.</summary>
    public const string BarsRemoved = "tracera.sqlite.bars.removed";

    /// <summary>A counter of late ticks that count as duplicates because the ticks of their bucket are summed up and gone.</summary>
    public const string ClosedTicks = "tracera.sqlite.ticks.closed";
}
