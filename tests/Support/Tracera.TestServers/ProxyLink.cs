using System.Net;
using System.Net.Sockets;

namespace Tracera.TestServers;

/// <summary>One connection through a proxy.</summary>
public sealed class ProxyLink : IDisposable
{
    private const int ChunkBytes = 64 * 1024;
    private readonly Func<ProxyPoint?> _wanted;
    private readonly Func<ProxyLink, bool> _claim;
    private readonly Socket _client;
    private readonly Socket _server;
    private readonly CancellationTokenSource _cut = new();
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isHeld;

    internal ProxyLink(Socket client, Socket server, Func<ProxyPoint?> wanted, Func<ProxyLink, bool> claim)
    {
        (_client, _server, _wanted, _claim) = (client, server, wanted, claim);
        ServerSidePort = ((IPEndPoint)server.LocalEndPoint!).Port;
    }

    /// <summary>The port from which the server sees the connection: <c>client_port</c> in <c>pg_stat_activity</c>.</summary>
    public int ServerSidePort { get; }

    /// <summary>Ends when the server has answered what was sent last, while the connection is held.</summary>
    public Task Answered => _answered.Task;

    internal Task Reached => _reached.Task;

    /// <summary>From now on nothing passes in either direction, and both sides believe that the connection stands.</summary>
    public void Freeze() => _isHeld = true;

    /// <summary>Breaks the connection on both sides.</summary>
    public void Cut()
    {
        _cut.Cancel();
        _client.Close(0);
        _server.Close(0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Cut();
        _cut.Dispose();
    }

    internal async Task RunAsync()
    {
        await Task.WhenAny(ToServerAsync(), ToClientAsync()).ConfigureAwait(false);
        if (!_isHeld)
        {
            Cut();
        }
    }

    private async Task ToServerAsync()
    {
        var (chunk, watcher) = (new byte[ChunkBytes], new WireWatcher());
        await IgnoringCutAsync(async () =>
        {
            while (await _client.ReceiveAsync(chunk, _cut.Token).ConfigureAwait(false) is var count and > 0)
            {
                var found = watcher.Find(chunk.AsSpan(0, count), _isHeld ? null : _wanted());
                if (_isHeld)
                {
                    continue;
                }

                // Held before the bytes go on, so that no answer to them slips through.
                var isReached = found >= 0 && (_isHeld = _claim(this));
                await SendAsync(_server, chunk.AsMemory(0, isReached ? found : count)).ConfigureAwait(false);
                if (isReached)
                {
                    _reached.TrySetResult();
                }
            }
        }).ConfigureAwait(false);
    }

    private async Task ToClientAsync()
    {
        var chunk = new byte[ChunkBytes];
        await IgnoringCutAsync(async () =>
        {
            while (await _server.ReceiveAsync(chunk, _cut.Token).ConfigureAwait(false) is var count and > 0)
            {
                if (_isHeld)
                {
                    _answered.TrySetResult();
                }
                else
                {
                    await SendAsync(_client, chunk.AsMemory(0, count)).ConfigureAwait(false);
                }
            }
        }).ConfigureAwait(false);
    }

    private async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await to.SendAsync(bytes, _cut.Token).ConfigureAwait(false)..];
        }
    }

    private static async Task IgnoringCutAsync(Func<Task> relay)
    {
        try
        {
            await relay().ConfigureAwait(false);
        }
        catch (Exception cut) when (cut is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One side is gone.
        }
    }
}
