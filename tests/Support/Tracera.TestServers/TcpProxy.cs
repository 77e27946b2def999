using System.Net;
using System.Net.Sockets;

namespace Tracera.TestServers;

/// <summary>Stands between a client and a PostgreSQL server, and can hold, freeze or cut a connection at a chosen moment.</summary>
public sealed class TcpProxy : IDisposable
{
    private readonly Lock _gate = new();
    private readonly int _serverPort;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<ProxyLink> _links = [];
    private ProxyPoint? _point;
    private TaskCompletionSource<ProxyLink>? _armed;

    /// <summary>Begins to listen.</summary>
    /// <param name="serverPort">The server's port on the loopback interface.</param>
    public TcpProxy(int serverPort)
    {
        _serverPort = serverPort;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>The proxy's port.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Holds the first connection that reaches a point from now on: nothing passes it any more in either direction.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The connection, once the server has what it sent up to the point.</returns>
    public async Task<ProxyLink> HoldAtAsync(ProxyPoint point, CancellationToken cancellationToken)
    {
        TaskCompletionSource<ProxyLink> armed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            (_armed, _point) = (armed, point);
        }

        var link = await armed.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        await link.Reached.WaitAsync(cancellationToken).ConfigureAwait(false);
        return link;
    }

    /// <summary>Freezes every connection that stands now; later ones pass.</summary>
    public void FreezeAll()
    {
        lock (_gate)
        {
            _links.ForEach(static link => link.Freeze());
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Stop();
        lock (_gate)
        {
            _links.ForEach(static link => link.Dispose());
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync().ConfigureAwait(false);
                _ = ServeAsync(client);
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
            // The proxy is disposed.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _serverPort).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            client.Close(0);
            server.Dispose();
            return;
        }

        var link = new ProxyLink(client, server, Wanted, Claim);
        lock (_gate)
        {
            _links.Add(link);
        }

        await link.RunAsync().ConfigureAwait(false);
    }

    private ProxyPoint? Wanted()
    {
        lock (_gate)
        {
            return _point;
        }
    }

    private bool Claim(ProxyLink link)
    {
        lock (_gate)
        {
            if (_point is null)
            {
                return false;
            }

            _point = null;
            return _armed!.TrySetResult(link);
        }
    }
}
