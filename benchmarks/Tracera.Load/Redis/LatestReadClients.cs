using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Tracera.Load;

/// <summary>Asks for 100 items at a steady rate over HTTP, whether or not the answers keep up, and notes how long each took from when it was due.</summary>
/// <remarks>
/// Few connections that stay open, requests that were made before, and threads of its own that block: most of the processor is left to the server that is measured, and nothing of the client waits
/// behind the server's work.
/// </remarks>
internal sealed class LatestReadClients : IDisposable
{
    public const int RequestsPerSecond = 2_000;
    private const int Ids = 100;
    private const int Connections = 16;
    private const int Requests = 500;
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(1);
    private readonly byte[][] _requests;
    private readonly LatestReadConnection[] _connections;

    public LatestReadClients(Uri address, int items)
    {
        var random = new Random(3);
        _requests = [.. Enumerable.Range(0, Requests).Select(_ => Request(address, items, random))];
        _connections = [.. Enumerable.Range(0, Connections).Select(_ => new LatestReadConnection(address, Ids))];
    }

    /// <summary>Asks for so many seconds.</summary>
    /// <returns>The times in milliseconds, in order.</returns>
    public async Task<double[]> RunAsync(int seconds)
    {
        var times = new double[seconds * RequestsPerSecond];
        await Task.WhenAll(_connections
            .Select(connection => OnItsOwnThread(() => connection.Read(times.Length / Connections, times)))
            .Append(OnItsOwnThread(() => Ask(times.Length))));
        Array.Sort(times);
        return times;
    }

    public void Dispose() => Array.ForEach(_connections, connection => connection.Dispose());

    private static Task OnItsOwnThread(Action work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Ask(int count)
    {
        var startedAt = Stopwatch.GetTimestamp();
        for (var asked = 0; asked < count;)
        {
            var dueAt = startedAt + (Stopwatch.Frequency * asked / RequestsPerSecond);
            if (Stopwatch.GetTimestamp() < dueAt)
            {
                // A steady rate is kept by the clock alone: no event tells that a request is due, and whoever watches the clock without rest takes the server's processor.
                Thread.Sleep(Rest);
                continue;
            }

            _connections[asked % Connections].Ask(_requests[asked % Requests], asked, dueAt);
            asked++;
        }
    }

    private static byte[] Request(Uri address, int items, Random random)
    {
        var ids = new SortedSet<int>();
        while (ids.Count < Ids)
        {
            ids.Add(1 + random.Next(items));
        }

        return Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"GET /api/v1/prices/latest?ids={string.Join(',', ids)} HTTP/1.1\r\nHost: 127.0.0.1:{address.Port}\r\n\r\n"));
    }
}
