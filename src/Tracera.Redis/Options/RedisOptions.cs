namespace Tracera.Redis;

/// <summary>Where Redis is, what the keys are called, and how much may wait; configured under <c>Tracera:Redis</c>.</summary>
/// <remarks>A connection multiplexer that the app has registered is used as it is; the options of the connection are for an app that has none.</remarks>
public sealed class RedisOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Tracera:Redis";

    /// <summary>The name of the connection string that stands in for <see cref="ConnectionString"/>.</summary>
    public const string ConnectionStringName = "Redis";

    /// <summary>The default of <see cref="Prefix"/>.</summary>
    public const string DefaultPrefix = "tracera:";

    /// <summary>The default of <see cref="Shards"/>.</summary>
    public const int DefaultShards = 16;

    /// <summary>The default of <see cref="QueueCapacity"/>.</summary>
    public const int DefaultQueueCapacity = 1_024;

    /// <summary>The default of <see cref="MaxPending"/>.</summary>
    public const int DefaultMaxPending = 100_000;

    /// <summary>The default of <see cref="MaxFigures"/>.</summary>
    public const int DefaultMaxFigures = 400_000;

    /// <summary>The default of <see cref="MaxLocal"/>.</summary>
    public const int DefaultMaxLocal = 200_000;

    /// <summary>The default of <see cref="MaxMessageBytes"/>.</summary>
    public const int DefaultMaxMessageBytes = 1_048_576;

    /// <summary>The default of <see cref="OperationTimeout"/>.</summary>
    public static readonly TimeSpan DefaultOperationTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The default of <see cref="CheckInterval"/>.</summary>
    public static readonly TimeSpan DefaultCheckInterval = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Servers and settings in the form of StackExchange.Redis, for example <c>redis-1:6379,redis-2:6379,ssl=true</c>; never logged. Default: the connection string
    /// <c>Redis</c> of the configuration.
    /// </summary>
    public string? ConnectionString { get; set; }

    /// <summary>The user of an access control list. StackExchange.Redis 1.x signs in as the default user only, and refuses another. Default: the default user.</summary>
    public string? User { get; set; }

    /// <summary>The password, in place of one in the connection string; never logged. Default: none.</summary>
    public string? Password { get; set; }

    /// <summary>Whether the connection is encrypted (TLS). Default: as the connection string says.</summary>
    public bool? Ssl { get; set; }

    /// <summary>The name that the server's certificate must bear. Default: as the connection string says.</summary>
    public string? SslHost { get; set; }

    /// <summary>
    /// The number of the database, 0 to 1,023; a cluster has only 0. Channels know no database: where it is set and not 0, their names end with it, so that updates stay apart too.
    /// Default: as the connection string or the app's multiplexer says, with the channels of 0.
    /// </summary>
    public int? Database { get; set; }

    /// <summary>What every key and channel begins with, up to 64 letters, digits and <c>: . _ -</c>; one for each tenant. Default: <c>tracera:</c>.</summary>
    public string Prefix { get; set; } = DefaultPrefix;

    /// <summary>Over how many shards the items are spread, 1 to 64; the same in every host of a prefix. Default: 16.</summary>
    public int Shards { get; set; } = DefaultShards;

    /// <summary>How long an answer of Redis is waited for, 100 ms to 1 min. Default: 5 s.</summary>
    public TimeSpan OperationTimeout { get; set; } = DefaultOperationTimeout;

    /// <summary>How often the streams and the subscription are looked after, 100 ms to 1 min: so long may a lost update stay unnoticed, twice. Default: 2 s.</summary>
    public TimeSpan CheckInterval { get; set; } = DefaultCheckInterval;

    /// <summary>
    /// How many batches of updates wait for one subscriber at most, twice the shards to 65,536; beyond, only the newest of each series is kept and the subscriber is told. Default: 1,024.
    /// </summary>
    public int QueueCapacity { get; set; } = DefaultQueueCapacity;

    /// <summary>How many ticks ahead of the clock wait for their time, 0 to 1,000,000; those beyond are counted and come from the store later. Default: 100,000.</summary>
    public int MaxPending { get; set; } = DefaultMaxPending;

    /// <summary>How many figures (one a series and window) this host remembers, to fill an emptied Redis again, 0 to 40,000,000. Default: 400,000.</summary>
    public int MaxFigures { get; set; } = DefaultMaxFigures;

    /// <summary>
    /// How many latest ticks of the items that were asked for this host keeps, about 200 bytes each, so that Redis need only say that none of them has changed, 0 to
    /// 10,000,000. Default: 200,000.
    /// </summary>
    public int MaxLocal { get; set; } = DefaultMaxLocal;

    /// <summary>How long a message on a channel may be, 65,536 to 16,777,216 bytes; longer ones are counted and dropped. Default: 1,048,576.</summary>
    public int MaxMessageBytes { get; set; } = DefaultMaxMessageBytes;
}
