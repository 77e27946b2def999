using Tracera.TestServers.Redis;

namespace Tracera.Redis.Tests.Hosting;

/// <summary>Starts servers for tests; where there is no program to start, the test is skipped, or fails where servers are required.</summary>
internal static class RedisServers
{
    public static void Require()
    {
        if (!RedisServer.IsInstalled && Environment.GetEnvironmentVariable("TRACERA_REQUIRE_SERVERS") != "1")
        {
            Assert.Skip("redis-server is not installed.");
        }
    }

    public static Task<RedisServer> StartAsync(params string[] arguments)
    {
        Require();
        return RedisServer.StartAsync(arguments);
    }
}
