namespace Tracera.TestServers;

/// <summary>How a private server is set up.</summary>
public sealed record PostgresClusterSettings
{
    /// <summary>Whether TimescaleDB is loaded. Default: no.</summary>
    public bool Timescale { get; init; }

    /// <summary>Further settings of the server, for example <c>max_wal_size</c>. Default: none.</summary>
    public IReadOnlyDictionary<string, string> Server { get; init; } = new Dictionary<string, string>();
}
