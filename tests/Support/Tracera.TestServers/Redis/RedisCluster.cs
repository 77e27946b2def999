using System.Globalization;

namespace Tracera.TestServers.Redis;

/// <summary>Three redis-servers that share the slots of a cluster on the loopback interface, without replicas.</summary>
public sealed class RedisCluster : IAsyncDisposable
{
    private const int Nodes = 3;
    private const int Slots = 16_384;

    // A node says so when it knows of every slot who has it, and so of every node.
    private const string Whole = "Cluster state changed: ok";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly IReadOnlyList<RedisServer> _nodes;

    private RedisCluster(IReadOnlyList<RedisServer> nodes) => _nodes = nodes;

    /// <summary>The servers.</summary>
    public IReadOnlyList<RedisServer> Servers => _nodes;

    /// <summary>Every server's host and port, with commas between them.</summary>
    public string Endpoints => string.Join(',', _nodes.Select(node => node.Endpoint));

    /// <summary>Starts a cluster and waits until every node says that it is whole.</summary>
    public static async Task<RedisCluster> StartAsync()
    {
        var bus = Enumerable.Range(0, Nodes).Select(_ => FreePort.Next().ToString(CultureInfo.InvariantCulture)).ToArray();
        var cluster = new RedisCluster(await Task.WhenAll(bus.Select(port => RedisServer.StartAsync("--cluster-enabled", "yes", "--cluster-port", port))));
        var whole = cluster._nodes.Select(node => node.SaysAsync(Whole)).ToList();
        for (var i = 0; i < Nodes; i++)
        {
            var (first, last) = (Slots * i / Nodes, (Slots * (i + 1) / Nodes) - 1);
            await cluster._nodes[i].RunAsync("CLUSTER", "ADDSLOTSRANGE", first.ToString(CultureInfo.InvariantCulture), last.ToString(CultureInfo.InvariantCulture));
            await cluster._nodes[i].RunAsync("CLUSTER", "SET-CONFIG-EPOCH", (i + 1).ToString(CultureInfo.InvariantCulture));
            if (i > 0)
            {
                await cluster._nodes[0].RunAsync("CLUSTER", "MEET", "127.0.0.1", cluster._nodes[i].Port.ToString(CultureInfo.InvariantCulture), bus[i]);
            }
        }

        await Task.WhenAll(whole).WaitAsync(Patience);
        return cluster;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }
    }
}
