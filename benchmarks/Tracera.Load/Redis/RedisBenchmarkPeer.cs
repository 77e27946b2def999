using System.Diagnostics;
using System.Globalization;
using Tracera.TestServers.Redis;

namespace Tracera.Load;

/// <summary>The peer: redis-benchmark with one connection, SET of 64 bytes, 128 commands on their way at once.</summary>
internal static class RedisBenchmarkPeer
{
    public const string Name = "redis-benchmark -t set -c 1 -P 128 -d 64";

    // A multiple of 128: where the last commands go beyond what was asked for, it may say that its client was disconnected, and abort.
    private const int Sets = 128 * 7_813;

    /// <summary>Runs it.</summary>
    /// <returns>SETs a second.</returns>
    public static async Task<double> RunAsync(RedisServer server, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("redis-benchmark") { RedirectStandardOutput = true };
        string[] words = ["-p", Text(server.Port), "-t", "set", "-c", "1", "-P", "128", "-d", "64", "-n", Text(Sets), "--csv"];
        foreach (var word in words)
        {
            start.ArgumentList.Add(word);
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        var row = output.Split('\n').First(line => line.StartsWith("\"SET\"", StringComparison.Ordinal));
        return double.Parse(row.Split(',')[1].Trim('"'), CultureInfo.InvariantCulture);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
