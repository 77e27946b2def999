using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Tracera.Load;

/// <summary>Asks for 100 items at a steady rate over HTTP, whether or not the answers keep up, and notes how long each took from when it was due.</summary>
internal sealed class LatestReadClients(Uri address, int items)
{
    public const int RequestsPerSecond = 2_000;
    private const int Ids = 100;
    private const int Connections = 64;
    private readonly Random _random = new(3);

    /// <summary>Asks for so many seconds.</summary>
    /// <returns>The times in milliseconds, in order.</returns>
    public async Task<double[]> RunAsync(int seconds, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = Connections, AutomaticDecompression = DecompressionMethods.None };
        using var client = new HttpClient(handler) { BaseAddress = address };
        var paths = Enumerable.Range(0, 500).Select(_ => Path()).ToArray();
        var times = new double[seconds * RequestsPerSecond];
        var asked = new List<Task>(times.Length);
        var startedAt = Stopwatch.GetTimestamp();
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (asked.Count < times.Length)
        {
            await beat.WaitForNextTickAsync(cancellationToken);
            var due = Math.Min(times.Length, (int)(Stopwatch.GetElapsedTime(startedAt).TotalSeconds * RequestsPerSecond));
            while (asked.Count < due)
            {
                asked.Add(AskAsync(client, paths[asked.Count % paths.Length], times, asked.Count, cancellationToken));
            }
        }

        await Task.WhenAll(asked);
        Array.Sort(times);
        return times;
    }

    private static async Task AskAsync(HttpClient client, string path, double[] times, int at, CancellationToken cancellationToken)
    {
        var startedAt = Stopwatch.GetTimestamp();
        using var answer = await client.GetAsync(path, cancellationToken);
        var bytes = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        times[at] = Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds;
        if (!answer.IsSuccessStatusCode || bytes.AsSpan().IndexOf("\"stale\":false"u8) < 0 || bytes.AsSpan().Count("\"item_id\""u8) != Ids)
        {
            throw new WrongCountException($"{path} answered {(int)answer.StatusCode} with {bytes.Length} bytes.");
        }
    }

    private string Path()
    {
        var ids = new SortedSet<int>();
        while (ids.Count < Ids)
        {
            ids.Add(1 + _random.Next(items));
        }

        return string.Create(CultureInfo.InvariantCulture, $"/api/v1/prices/latest?ids={string.Join(',', ids)}");
    }
}
