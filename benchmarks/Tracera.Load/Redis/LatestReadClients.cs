using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Tracera.Load;

/// <summary>Asks for 100 items at a steady rate over HTTP, whether or not the answers keep up, and notes how long each took from when it was due.</summary>
/// <remarks>Few connections and requests that were made before, so that most of the processor is left to the server that is measured.</remarks>
internal sealed class LatestReadClients(Uri address, int items)
{
    public const int RequestsPerSecond = 2_000;
    private const int Ids = 100;
    private const int Connections = 16;
    private const int Requests = 500;
    private readonly Random _random = new(3);

    /// <summary>Asks for so many seconds.</summary>
    /// <returns>The times in milliseconds, in order.</returns>
    public async Task<double[]> RunAsync(int seconds, CancellationToken cancellationToken)
    {
        var requests = Enumerable.Range(0, Requests).Select(_ => Request()).ToArray();
        var connections = Enumerable.Range(0, Connections).Select(_ => new LatestReadConnection(Ids)).ToArray();
        try
        {
            foreach (var connection in connections)
            {
                await connection.OpenAsync(address, cancellationToken);
            }

            var times = new double[seconds * RequestsPerSecond];
            var reading = connections.Select(connection => connection.ReadAsync(times.Length / Connections, times, cancellationToken)).ToList();
            await AskAsync(connections, requests, times.Length, cancellationToken);
            await Task.WhenAll(reading);
            Array.Sort(times);
            return times;
        }
        finally
        {
            Array.ForEach(connections, connection => connection.Dispose());
        }
    }

    private static async Task AskAsync(LatestReadConnection[] connections, byte[][] requests, int count, CancellationToken cancellationToken)
    {
        var (startedAt, asked) = (Stopwatch.GetTimestamp(), 0);
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (asked < count)
        {
            await beat.WaitForNextTickAsync(cancellationToken);
            var due = Math.Min(count, (int)(Stopwatch.GetElapsedTime(startedAt).TotalSeconds * RequestsPerSecond) + 1);
            for (; asked < due; asked++)
            {
                var dueAt = startedAt + (Stopwatch.Frequency * asked / RequestsPerSecond);
                await connections[asked % Connections].AskAsync(requests[asked % requests.Length], asked, dueAt, cancellationToken);
            }
        }
    }

    private byte[] Request()
    {
        var ids = new SortedSet<int>();
        while (ids.Count < Ids)
        {
            ids.Add(1 + _random.Next(items));
        }

        return Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"GET /api/v1/prices/latest?ids={string.Join(',', ids)} HTTP/1.1\r\nHost: 127.0.0.1:{address.Port}\r\n\r\n"));
    }
}
