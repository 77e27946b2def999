using System.Runtime.CompilerServices;
using Tracera.TestServers;

namespace Tracera.Load;

/// <summary>Writing to a real server: the product's COPY against <c>psql</c>, with everything that the sink adds, and with conflicts.</summary>
/// <remarks>Every contender has a schema of its own with the same tables. Rounds are interleaved; each begins with empty tables and a checkpoint.</remarks>
internal sealed class CopyScenario : IScenario
{
    private static readonly PostgresClusterSettings Settings = new()
    {
        Server = new Dictionary<string, string> { ["shared_buffers"] = "256MB", ["max_wal_size"] = "4GB", ["checkpoint_timeout"] = "1h", ["autovacuum"] = "off" },
    };

    public string Name => "copy";

    public async IAsyncEnumerable<LoadResult> RunAsync(TextWriter remarks, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (PostgresInstall.BinFolder is null)
        {
            await remarks.WriteLineAsync(PostgresInstall.Missing);
            yield break;
        }

        await using var cluster = await PostgresCluster.CreateAsync(Settings, cancellationToken);
        var folder = Directory.CreateTempSubdirectory("tracera-copy-");
        await using (var speed = await CopySpeed.OpenAsync(cluster, folder.FullName, cancellationToken))
        {
            await foreach (var result in speed.RunAsync(remarks, cancellationToken))
            {
                yield return result;
            }
        }

        await using (var conflicts = await CopyConflicts.OpenAsync(cluster, cancellationToken))
        {
            await foreach (var result in conflicts.RunAsync(remarks, cancellationToken))
            {
                yield return result;
            }
        }

        folder.Delete(recursive: true);
    }
}
