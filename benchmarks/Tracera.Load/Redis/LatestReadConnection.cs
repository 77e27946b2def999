using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Tracera.Load;

/// <summary>One connection to the API: requests go out as they are due, also before the answers to those before them have come.</summary>
internal sealed class LatestReadConnection : IDisposable
{
    private const int MaxAnswer = 1 << 17;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly ConcurrentQueue<(int At, long Due)> _asked = new();
    private readonly byte[] _received = new byte[4 * MaxAnswer];
    private readonly byte[] _body = new byte[MaxAnswer];
    private readonly int _ids;

    public LatestReadConnection(Uri address, int ids)
    {
        _ids = ids;
        _socket.Connect(IPAddress.Loopback, address.Port);
    }

    /// <summary>Sends a request that was due at a time stamp.</summary>
    public void Ask(byte[] request, int at, long due)
    {
        _asked.Enqueue((at, due));
        _socket.Send(request);
    }

    /// <summary>Reads so many answers, and notes of each how long after its due time all of it was there, in milliseconds.</summary>
    public void Read(int answers, double[] times)
    {
        var (received, body, filled) = (_received, _body, 0);
        while (answers > 0)
        {
            var more = _socket.Receive(received.AsSpan(filled));
            WrongCountException.ThrowUnless(1, Math.Min(more, 1), "Connections that stay open");
            (filled, var at) = (filled + more, 0);
            while (HttpAnswer.Read(received.AsSpan(at, filled - at), body, out var status, out var length) is > 0 and var used)
            {
                _ = _asked.TryDequeue(out var asked);
                times[asked.At] = Stopwatch.GetElapsedTime(asked.Due).TotalMilliseconds;
                Check(status, body.AsSpan(0, length));
                (at, answers) = (at + used, answers - 1);
            }

            received.AsSpan(at, filled - at).CopyTo(received);
            filled -= at;
        }
    }

    public void Dispose() => _socket.Dispose();

    private void Check(int status, ReadOnlySpan<byte> body)
    {
        if (status != 200 || body.IndexOf("\"stale\":false"u8) < 0 || body.Count("\"item_id\""u8) != _ids)
        {
            throw new WrongCountException($"An answer of {status} with {body.Length} bytes does not hold {_ids} fresh prices.");
        }
    }
}
