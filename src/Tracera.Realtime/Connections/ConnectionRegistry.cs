using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tracera.Realtime.Wire;

namespace Tracera.Realtime.Connections;

/// <summary>Who is connected: keeps the limits and closes everybody at the end. Thread-safe.</summary>
internal sealed class ConnectionRegistry(
    IOptions<RealtimeOptions> options, RealtimeMeters meters, TimeProvider time, ILogger<ConnectionRegistry> logger) : ILiveClients
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _byAddress = [];
    private readonly ConcurrentDictionary<ClientConnection, bool> _connections = [];
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isClosing;
    private int _entered;

    /// <summary>Whether new clients are turned away because the host stops.</summary>
    public bool IsClosing => _isClosing;

    public int Connected
    {
        get
        {
            lock (_gate)
            {
                return _entered;
            }
        }
    }

    /// <summary>Takes a place; false when there is none. Give it back with <see cref="Exit"/>.</summary>
    public bool TryEnter(IPAddress? address)
    {
        var key = address ?? IPAddress.None;
        lock (_gate)
        {
            var fromAddress = _byAddress.GetValueOrDefault(key);
            var perAddress = options.Value.MaxConnectionsPerAddress;
            if (_entered >= options.Value.MaxConnections || (perAddress > 0 && fromAddress >= perAddress))
            {
                return false;
            }

            _entered++;
            _byAddress[key] = fromAddress + 1;
            meters.Clients.Add(1);
            return true;
        }
    }

    public void Exit(IPAddress? address)
    {
        var key = address ?? IPAddress.None;
        lock (_gate)
        {
            _entered--;
            meters.Clients.Add(-1);
            if (--_byAddress[key] == 0)
            {
                _byAddress.Remove(key);
            }
        }
    }

    public void Add(ClientConnection connection)
    {
        _connections[connection] = true;
        if (_isClosing)
        {
            connection.Close(CloseCode.GoingAway);
        }
    }

    public void Remove(ClientConnection connection)
    {
        _connections.TryRemove(connection, out _);
        SignalIfEmpty();
    }

    /// <summary>Turns new clients away and closes those that are there with 1001.</summary>
    public void BeginClose()
    {
        _isClosing = true;
        if (!_connections.IsEmpty)
        {
            RealtimeLog.ShuttingDown(logger, _connections.Count);
        }

        foreach (var connection in _connections.Keys)
        {
            connection.Close(CloseCode.GoingAway);
        }

        SignalIfEmpty();
    }

    /// <summary>Closes everybody and waits for it; whoever does not answer in time is cut.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        BeginClose();
        await _empty.Task.WaitAsync(options.Value.CloseTimeout, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_connections.IsEmpty)
        {
            RealtimeLog.Cut(logger, _connections.Count);
        }

        foreach (var connection in _connections.Keys)
        {
            connection.Abort();
        }
    }

    private void SignalIfEmpty()
    {
        if (_isClosing && _connections.IsEmpty)
        {
            _empty.TrySetResult();
        }
    }
}
