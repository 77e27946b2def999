using Tracera.Redis.Tests.Hosting;
using Tracera.TestServers.Redis;

[assembly: AssemblyFixture(typeof(SharedRedis))]

namespace Tracera.Redis.Tests.Hosting;

/// <summary>One server for all tests that do not disturb it; each has a prefix of its own.</summary>
public sealed class SharedRedis : IAsyncLifetime
{
    private RedisServer? _server;
    private int _prefixes;

    /// <summary>Host and port; a test that asks is skipped where there is no server.</summary>
    public string Endpoint
    {
        get
        {
            RedisServers.Require();
            return _server!.Endpoint;
        }
    }

    public string NextPrefix() => $"t{Interlocked.Increment(ref _prefixes)}:";

    public async ValueTask InitializeAsync() => _server = RedisServer.IsInstalled ? await RedisServer.StartAsync() : null;

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
