namespace Tracera.Realtime;

/// <summary>The hub's limits and time-outs; configured under <c>Tracera:Realtime</c>.</summary>
/// <remarks>Read once at start.</remarks>
public sealed class RealtimeOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Tracera:Realtime";

    /// <summary>The default of <see cref="MaxConnections"/>.</summary>
    public const int DefaultMaxConnections = 10_000;

    /// <summary>The default of <see cref="MaxConnectionsPerAddress"/>.</summary>
    public const int DefaultMaxConnectionsPerAddress = 0;

    /// <summary>The default of <see cref="MaxSubscriptions"/>.</summary>
    public const int DefaultMaxSubscriptions = 200;

    /// <summary>The default of <see cref="MaxMessagesPerMinute"/>.</summary>
    public const int DefaultMaxMessagesPerMinute = 300;

    /// <summary>The default of <see cref="MaxErrorsPerMinute"/>.</summary>
    public const int DefaultMaxErrorsPerMinute = 10;

    /// <summary>The default of <see cref="QueueCapacity"/>.</summary>
    public const int DefaultQueueCapacity = 4_096;

    /// <summary>The default of <see cref="MaxTrackedItems"/>.</summary>
    public const int DefaultMaxTrackedItems = 200_000;

    /// <summary>The default of <see cref="SendTimeout"/>.</summary>
    public static readonly TimeSpan DefaultSendTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The default of <see cref="CloseTimeout"/>.</summary>
    public static readonly TimeSpan DefaultCloseTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The default of <see cref="SnapshotTimeout"/>.</summary>
    public static readonly TimeSpan DefaultSnapshotTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The default of <see cref="PingInterval"/>.</summary>
    public static readonly TimeSpan DefaultPingInterval = TimeSpan.FromSeconds(25);

    /// <summary>The default of <see cref="DeadAfter"/>.</summary>
    public static readonly TimeSpan DefaultDeadAfter = TimeSpan.FromSeconds(60);

    /// <summary>The default of <see cref="AuthenticationTimeout"/>.</summary>
    public static readonly TimeSpan DefaultAuthenticationTimeout = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Web origins, beside the host's own, whose pages may connect with cookies, each as <c>scheme://host[:port]</c>. A handshake that carries a cookie and
    /// no allowed origin is answered 403. Default: none.
    /// </summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>How many clients may be connected at a time, 1 to 1,000,000; one more is closed with 4505. Default: 10,000.</summary>
    public int MaxConnections { get; set; } = DefaultMaxConnections;

    /// <summary>
    /// How many of them may come from one address, 0 to 1,000,000; 0 sets no limit. Behind a proxy every client has the proxy's address unless the
    /// app forwards headers. Default: 0.
    /// </summary>
    public int MaxConnectionsPerAddress { get; set; } = DefaultMaxConnectionsPerAddress;

    /// <summary>How many items one connection may be subscribed to, 1 to 100,000. Default: 200.</summary>
    public int MaxSubscriptions { get; set; } = DefaultMaxSubscriptions;

    /// <summary>How many messages a client may send in a minute, 1 to 1,000,000; one more closes it with 4505. Default: 300.</summary>
    public int MaxMessagesPerMinute { get; set; } = DefaultMaxMessagesPerMinute;

    /// <summary>How many of them may be mistaken, 1 to 1,000,000; one more closes it with 4501. Default: 10.</summary>
    public int MaxErrorsPerMinute { get; set; } = DefaultMaxErrorsPerMinute;

    /// <summary>
    /// How many messages wait for one client at most, 16 to 1,000,000. A client for which more waits, after conflation, gets a snapshot in their
    /// stead. Default: 4,096.
    /// </summary>
    public int QueueCapacity { get; set; } = DefaultQueueCapacity;

    /// <summary>
    /// Of how many items the latest values are kept for clients that come back, beside those that are subscribed to, 0 to 10,000,000. Default: 200,000.
    /// </summary>
    public int MaxTrackedItems { get; set; } = DefaultMaxTrackedItems;

    /// <summary>How long a client may leave one frame unread, 100 ms to 10 min, until it is closed with 4008. Default: 10 s.</summary>
    public TimeSpan SendTimeout { get; set; } = DefaultSendTimeout;

    /// <summary>How long a client has to answer a close, 10 ms to 1 min, until the connection is cut. Default: 5 s.</summary>
    public TimeSpan CloseTimeout { get; set; } = DefaultCloseTimeout;

    /// <summary>How long the reading of a snapshot may take, 10 ms to 5 min, until the client is closed with 4010. Default: 5 s.</summary>
    public TimeSpan SnapshotTimeout { get; set; } = DefaultSnapshotTimeout;

    /// <summary>How long a connection may be silent until it is pinged, 1 s to 1 h. Default: 25 s.</summary>
    public TimeSpan PingInterval { get; set; } = DefaultPingInterval;

    /// <summary>How long a connection may be silent until it is cut, longer than <see cref="PingInterval"/>, up to 2 h. Default: 60 s.</summary>
    public TimeSpan DeadAfter { get; set; } = DefaultDeadAfter;

    /// <summary>
    /// Whether a client must send a token first, which the registered <see cref="IClientTokenValidator"/> judges; without one the host does not start. The handshake is then open to
    /// everyone; otherwise the app's policy <c>tracera:read</c> judges it, if there is one.
    /// Default: false.
    /// </summary>
    public bool RequireAuthentication { get; set; }

    /// <summary>How long a client has to send its token, 10 ms to 5 min, until it is closed with 4503. Default: 5 s.</summary>
    public TimeSpan AuthenticationTimeout { get; set; } = DefaultAuthenticationTimeout;
}
