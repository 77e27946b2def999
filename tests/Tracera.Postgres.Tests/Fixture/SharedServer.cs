using Tracera.TestServers;

[assembly: AssemblyFixture(typeof(Tracera.Postgres.Tests.SharedServer))]

namespace Tracera.Postgres.Tests;

/// <summary>One private server for the whole suite; every test has a schema of its own in it.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    private const string TimescaleVariable = "TRACERA_TEST_TIMESCALE";
    private static PostgresCluster? _cluster;

    public static bool IsRequired => Environment.GetEnvironmentVariable("TRACERA_REQUIRE_SERVERS") == "1";

    /// <summary>The plain server; a test that asks for it is skipped where it is not installed.</summary>
    public static PostgresCluster Cluster
    {
        get
        {
            Assert.SkipUnless(PostgresInstall.BinFolder is not null || IsRequired, PostgresInstall.Missing);
            return _cluster ?? throw new InvalidOperationException(PostgresInstall.Missing);
        }
    }

    /// <summary>The server of a kind; a test that asks for TimescaleDB is skipped where the variable names none.</summary>
    internal static string ConnectionString(StoreKind kind)
    {
        if (kind == StoreKind.Plain)
        {
            return Cluster.ConnectionString();
        }

        var timescale = Environment.GetEnvironmentVariable(TimescaleVariable);
        Assert.SkipWhen(string.IsNullOrEmpty(timescale), $"{TimescaleVariable} names no database with TimescaleDB.");
        return timescale!;
    }

    public async ValueTask InitializeAsync() => _cluster = PostgresInstall.BinFolder is null ? null : await PostgresCluster.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }
    }
}
