namespace Tracera;

/// <summary>The stages of start (ascending) and stop (descending). Numbers between them are free for parts of an app's own.</summary>
public static class Stages
{
    /// <summary>Stores: schema, catalogue, retention.</summary>
    public const int Store = 100;

    /// <summary>Buses and caches that carry updates.</summary>
    public const int Bus = 200;

    /// <summary>Hubs that fan updates out to clients.</summary>
    public const int Clients = 300;

    /// <summary>Engines that compute figures.</summary>
    public const int Analytics = 400;

    /// <summary>Pumps that feed sinks.</summary>
    public const int Sinks = 500;

    /// <summary>The dispatcher that fans batches out.</summary>
    public const int Dispatch = 600;

    /// <summary>The scheduler and its runners.</summary>
    public const int Polling = 700;
}
