using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tracera.Realtime.Delivery;
using Tracera.Realtime.Relay;

namespace Tracera.Realtime.Connections;

/// <summary>Serves accepted sockets. Thread-safe.</summary>
internal sealed class ConnectionFactory(
    IServiceProvider services,
    SubscriptionIndex index,
    SubscriptionDesk desk,
    ConnectionRegistry registry,
    IOptions<RealtimeOptions> options,
    RealtimeMeters meters,
    TimeProvider time,
    ILogger<ClientConnection> logger)
{
    // A message has at most three answers, and a client may send all that the rate allows at once, before it reads the first.
    private const int AnswersPerMessage = 3;
    private long _lastId;

    /// <summary>Serves a client until its connection has ended.</summary>
    /// <param name="socket">The socket, whose owner disposes it.</param>
    /// <param name="address">For logs.</param>
    /// <param name="closeCode">The code to close with at once; 0 to serve.</param>
    /// <param name="cancellationToken">The connection was cut.</param>
    /// <returns>A task that ends with the connection.</returns>
    public async Task ServeAsync(WebSocket socket, string? address, int closeCode, CancellationToken cancellationToken)
    {
        var id = Interlocked.Increment(ref _lastId);
        var subscriber = new Subscriber(new OutboundQueue(options.Value.QueueCapacity, AnswersPerMessage * (options.Value.MaxMessagesPerMinute + 1), meters));
        var connection = Create(id, socket, subscriber);
        RealtimeLog.Connected(logger, id, address);
        index.Attach(subscriber);
        registry.Add(connection);
        if (closeCode != 0)
        {
            connection.Close(closeCode);
        }

        var code = await connection.RunAsync(cancellationToken).ConfigureAwait(false);
        index.Detach(subscriber);
        meters.Dropped.Add(subscriber.Queue.Drain().Entries.Count(static entry => entry.IsUpdate));
        meters.Closed(code);
        RealtimeLog.Disconnected(logger, id, code);
        registry.Remove(connection);
    }

    private ClientConnection Create(long id, WebSocket socket, Subscriber subscriber)
    {
        var validator = options.Value.RequireAuthentication ? services.GetRequiredService<IClientTokenValidator>() : null;
        var sender = new FrameSender(socket, subscriber.Queue.Closing, options.Value, time);
        return new ClientConnection(
            id,
            socket,
            subscriber,
            new ClientCommands(subscriber, desk, validator, options.Value, meters, time),
            new OutboundWriter(subscriber, index, sender, meters),
            sender,
            options.Value,
            time,
            logger);
    }
}
