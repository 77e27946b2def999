namespace Tracera.Postgres;

/// <summary>Which database the store uses, how it is written, and how long what is kept; configured under <c>Tracera:Postgres</c>.</summary>
public sealed class PostgresOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Tracera:Postgres";

    /// <summary>The name of the connection string that stands in for <see cref="ConnectionString"/>.</summary>
    public const string ConnectionStringName = "Postgres";

    /// <summary>The default of <see cref="Schema"/>.</summary>
    public const string DefaultSchema = "tracera";

    /// <summary>The default of <see cref="WriterConnections"/>.</summary>
    public const int DefaultWriterConnections = 1;

    /// <summary>The default of <see cref="PartitionsAhead"/>.</summary>
    public const int DefaultPartitionsAhead = 3;

    /// <summary>The default of <see cref="CommandTimeout"/>.</summary>
    public static readonly TimeSpan DefaultCommandTimeout = TimeSpan.FromSeconds(30);

    /// <summary>The default of <see cref="MigrationTimeout"/>.</summary>
    public static readonly TimeSpan DefaultMigrationTimeout = TimeSpan.FromMinutes(10);

    /// <summary>The default of <see cref="RetryInterval"/>.</summary>
    public static readonly TimeSpan DefaultRetryInterval = TimeSpan.FromSeconds(2);

    /// <summary>The default of <see cref="MaintenanceInterval"/>.</summary>
    public static readonly TimeSpan DefaultMaintenanceInterval = TimeSpan.FromMinutes(1);

    /// <summary>The default of <see cref="RollInterval"/>.</summary>
    public static readonly TimeSpan DefaultRollInterval = TimeSpan.FromSeconds(5);

    /// <summary>The default of <see cref="CompressAfter"/>.</summary>
    public static readonly TimeSpan DefaultCompressAfter = TimeSpan.FromDays(3);

    /// <summary>The default of <see cref="TickRetention"/>.</summary>
    public static readonly TimeSpan DefaultTickRetention = TimeSpan.FromDays(7);

    /// <summary>The default of <see cref="RunRetention"/>.</summary>
    public static readonly TimeSpan DefaultRunRetention = TimeSpan.FromDays(30);

    /// <summary>The default of <see cref="BatchIdRetention"/>.</summary>
    public static readonly TimeSpan DefaultBatchIdRetention = TimeSpan.FromDays(1);

    /// <summary>The default of <see cref="DeadLetterRetention"/>.</summary>
    public static readonly TimeSpan DefaultDeadLetterRetention = TimeSpan.FromDays(30);

    /// <summary>
    /// How the server is reached, where the app registers no <c>NpgsqlDataSource</c> of its own; a secret. Default: what the configuration says under
    /// <c>ConnectionStrings:Postgres</c>.
    /// </summary>
    public string? ConnectionString { get; set; }

    /// <summary>The key of the <c>NpgsqlDataSource</c> to use, where the app registers several. Default: none, which takes the one without a key.</summary>
    public string? DataSourceKey { get; set; }

    /// <summary>
    /// The schema that holds everything: 1 to 48 lower-case letters, digits and <c>_</c>, not beginning with a digit or <c>pg_</c>. Two instances with different
    /// schemas share nothing. Default: <c>tracera</c>.
    /// </summary>
    public string Schema { get; set; } = DefaultSchema;

    /// <summary>Who brings the schema up to date. Default: <see cref="MigrationMode.Apply"/>.</summary>
    public MigrationMode Migrations { get; set; }

    /// <summary>
    /// How long the migrations may take, the wait for another host's included, and afterwards one statement that works on much at once: the index of a day, and a
    /// refresh of TimescaleDB. 1 s to 1 day. Default: 10 min.
    /// </summary>
    public TimeSpan MigrationTimeout { get; set; } = DefaultMigrationTimeout;

    /// <summary>
    /// How many connections write a batch at the same time, 1 to 16, each the rows of its own items in a transaction of its own; they are kept open. Items are dealt out in
    /// blocks of 1,024 neighbours by id: more connections than blocks have nothing to do. Default: 1.
    /// </summary>
    public int WriterConnections { get; set; } = DefaultWriterConnections;

    /// <summary>How long a statement may take, 1 s to 10 min, except those of a batch and of <see cref="MigrationTimeout"/>. Default: 30 s.</summary>
    public TimeSpan CommandTimeout { get; set; } = DefaultCommandTimeout;

    /// <summary>How long to wait until a server that was away is tried again, 100 ms to 1 min. Default: 2 s.</summary>
    public TimeSpan RetryInterval { get; set; } = DefaultRetryInterval;

    /// <summary>For how many days from today the partitions of ticks are made ahead, 1 to 30; of no use with TimescaleDB. Default: 3.</summary>
    public int PartitionsAhead { get; set; } = DefaultPartitionsAhead;

    /// <summary>How often partitions and retention are looked after, 1 s to 1 h. Default: 1 min.</summary>
    public TimeSpan MaintenanceInterval { get; set; } = DefaultMaintenanceInterval;

    /// <summary>How often the levels are brought up to date, 100 ms to 1 h; what is not is computed when it is read. Default: 5 s.</summary>
    public TimeSpan RollInterval { get; set; } = DefaultRollInterval;

    /// <summary>
    /// The age at which TimescaleDB compresses ticks, 1 h up to <see cref="TickRetention"/>; longer than the age at which ingestion refuses a tick. Default: 3 days.
    /// </summary>
    public TimeSpan CompressAfter { get; set; } = DefaultCompressAfter;

    /// <summary>
    /// How long ticks are kept, 1 h up to <see cref="PostgresBarRetention.Minute15"/>; longer than the age at which ingestion refuses a tick. Default: 7 days.
    /// </summary>
    public TimeSpan TickRetention { get; set; } = DefaultTickRetention;

    /// <summary>How long bars are kept, by level. Default: from 3 days (one minute) to 20 years (seven days).</summary>
    public PostgresBarRetention BarRetention { get; set; } = new();

    /// <summary>How long ended runs are kept, 1 h to 3,650 days. Default: 30 days.</summary>
    public TimeSpan RunRetention { get; set; } = DefaultRunRetention;

    /// <summary>For how long a batch that is offered again gets its first answer, 1 h to 30 days. Default: 1 day.</summary>
    public TimeSpan BatchIdRetention { get; set; } = DefaultBatchIdRetention;

    /// <summary>How long dead letters are kept, 1 h to 3,650 days. Default: 30 days.</summary>
    public TimeSpan DeadLetterRetention { get; set; } = DefaultDeadLetterRetention;

    internal int LongCommandSeconds => (int)Math.Ceiling(MigrationTimeout.TotalSeconds);
}
