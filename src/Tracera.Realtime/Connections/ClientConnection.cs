using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Tracera.Realtime.Delivery;
using Tracera.Realtime.Relay;
using Tracera.Realtime.Wire;

namespace Tracera.Realtime.Connections;

/// <summary>One client: a loop that reads and a loop that writes.</summary>
/// <remarks>
/// Whoever finds a reason to end asks the queue for a close; the writer then sends the close frame, and the reader waits for the client's answer. What goes wrong
/// in either loop ends this client and nobody else.
/// </remarks>
internal sealed class ClientConnection(
    long id,
    WebSocket socket,
    Subscriber subscriber,
    ClientCommands commands,
    OutboundWriter writer,
    FrameSender sender,
    RealtimeOptions options,
    TimeProvider time,
    ILogger logger)
{
    private OutboundQueue Queue => subscriber.Queue;

    /// <summary>Asks for the end.</summary>
    public void Close(int code) => Queue.Close(code);

    /// <summary>Cuts the connection.</summary>
    public void Abort() => socket.Abort();

    /// <summary>Serves the client until the connection has ended.</summary>
    /// <returns>The code it ended with.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var lifetime = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = GuardAsync(ReadAsync, lifetime.Token);
        await GuardAsync(writer.RunAsync, lifetime.Token).ConfigureAwait(false);
        if (sender.IsDeaf)
        {
            RealtimeLog.StoppedReading(logger, id);
            Queue.Close(CloseCode.Slow);
        }

        await GuardAsync(token => sender.CloseAsync(Queue.CloseCode, token), lifetime.Token).ConfigureAwait(false);
        await reading.WaitAsync(options.CloseTimeout, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await lifetime.CancelAsync().ConfigureAwait(false);
        await reading.ConfigureAwait(false);
        return Queue.CloseCode;
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var reader = new InboundReader(socket);
        using var patience = commands.AwaitsToken
            ? time.CreateTimer(_ => CloseUnlessAuthenticated(), null, options.AuthenticationTimeout, Timeout.InfiniteTimeSpan)
            : null;
        while (Queue.CloseCode == 0)
        {
            var (kind, message) = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            switch (kind)
            {
                case InboundKind.Close:
                    Queue.Close(CloseCode.Normal);
                    return;
                case InboundKind.TooBig:
                    Queue.Close(CloseCode.TooBig);
                    break;
                default:
                    await commands.TakeAsync(kind, message, cancellationToken).ConfigureAwait(false);
                    break;
            }
        }

        await reader.AwaitCloseAsync(cancellationToken).ConfigureAwait(false);
    }

    private void CloseUnlessAuthenticated()
    {
        if (commands.AwaitsToken)
        {
            Queue.Close(CloseCode.NotAllowed);
        }
    }

    private async Task GuardAsync(Func<CancellationToken, Task> loop, CancellationToken cancellationToken)
    {
        try
        {
            await loop(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Queue.Close(CloseCode.Broken);
        }
        catch (Exception broken) when (broken is WebSocketException or IOException or ConnectionAbortedException)
        {
            RealtimeLog.Broken(logger, broken, id);
            Queue.Close(CloseCode.Broken);
        }
        catch (Exception failure)
        {
            RealtimeLog.ClientFailed(logger, failure, id);
            Queue.Close(CloseCode.InternalError);
        }
    }
}
