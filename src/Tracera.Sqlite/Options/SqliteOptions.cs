namespace Tracera.Sqlite;

/// <summary>Where the embedded store lies, how long it keeps what, and how large it may grow; configured under <c>Tracera:Sqlite</c>.</summary>
public sealed class SqliteOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Tracera:Sqlite";

    /// <summary>The configuration key of the folder that the parts of a host share; it stands in for <see cref="DataFolder"/>.</summary>
    public const string SharedDataFolderKey = "Tracera:DataFolder";

    /// <summary>The default of <see cref="DataFolder"/>.</summary>
    public const string DefaultDataFolder = "data";

    /// <summary>The default of <see cref="FileName"/>.</summary>
    public const string DefaultFileName = "tracera.db";

    /// <summary>The default of <see cref="MaxDiskBytes"/>.</summary>
    public const long DefaultMaxDiskBytes = 900L * 1024 * 1024;

    /// <summary>The default of <see cref="ReaderConnections"/>.</summary>
    public const int DefaultReaderConnections = 4;

    /// <summary>The default of <see cref="TickRetention"/>.</summary>
    public static readonly TimeSpan DefaultTickRetention = TimeSpan.FromDays(7);

    /// <summary>The default of <see cref="RunRetention"/>.</summary>
    public static readonly TimeSpan DefaultRunRetention = TimeSpan.FromDays(30);

    /// <summary>The default of <see cref="BatchIdRetention"/>.</summary>
    public static readonly TimeSpan DefaultBatchIdRetention = TimeSpan.FromDays(1);

    /// <summary>The default of <see cref="DeadLetterRetention"/>.</summary>
    public static readonly TimeSpan DefaultDeadLetterRetention = TimeSpan.FromDays(30);

    /// <summary>The default of <see cref="MaintenanceInterval"/>.</summary>
    public static readonly TimeSpan DefaultMaintenanceInterval = TimeSpan.FromMinutes(1);

    /// <summary>The default of <see cref="BusyTimeout"/>.</summary>
    public static readonly TimeSpan DefaultBusyTimeout = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The folder of the file; one process at a time owns it. A relative path counts from the working folder. Default: what the configuration says under
    /// <c>Tracera:DataFolder</c>, else <c>data</c>.
    /// </summary>
    public string? DataFolder { get; set; }

    /// <summary>The file's name, without a folder. Default: <c>tracera.db</c>.</summary>
    public string FileName { get; set; } = DefaultFileName;

    /// <summary>
    /// How long ticks are kept, 1 h up to <see cref="SqliteBarRetention.Minute15"/>; longer than the age at which ingestion refuses a tick. Default: 7 days.
    /// </summary>
    public TimeSpan TickRetention { get; set; } = DefaultTickRetention;

    /// <summary>How long bars are kept, by level. Default: from 3 days (one minute) to 20 years (seven days).</summary>
    public SqliteBarRetention BarRetention { get; set; } = new();

    /// <summary>How long ended runs are kept, 1 h to 3,650 days. Default: 30 days.</summary>
    public TimeSpan RunRetention { get; set; } = DefaultRunRetention;

    /// <summary>For how long a batch that is offered again gets its first answer, 1 h to 30 days. Default: 1 day.</summary>
    public TimeSpan BatchIdRetention { get; set; } = DefaultBatchIdRetention;

    /// <summary>How long dead letters are kept, 1 h to 3,650 days. Default: 30 days.</summary>
    public TimeSpan DeadLetterRetention { get; set; } = DefaultDeadLetterRetention;

    /// <summary>
    /// The ceiling of the file and its logs together, in bytes, 8 MiB to 16 TiB. At the ceiling the oldest ticks go first, then the oldest bars of the narrow
    /// levels. The ticks of the current quarter of an hour stay: a feed that fills the file within it is slowed down until the next one begins. Default: 943,718,400 (900 MiB).
    /// </summary>
    public long MaxDiskBytes { get; set; } = DefaultMaxDiskBytes;

    /// <summary>How often retention and the ceiling are looked after, 1 s to 1 h. Default: 1 min.</summary>
    public TimeSpan MaintenanceInterval { get; set; } = DefaultMaintenanceInterval;

    /// <summary>How long a call waits for a lock that some other tool holds on the file, 0 to 1 min. Default: 5 s.</summary>
    public TimeSpan BusyTimeout { get; set; } = DefaultBusyTimeout;

    /// <summary>How many calls read at the same time, 1 to 64. Default: 4.</summary>
    public int ReaderConnections { get; set; } = DefaultReaderConnections;
}
