using Tracera.Realtime.Delivery;
using Tracera.Realtime.Relay;
using Tracera.Realtime.Wire;

namespace Tracera.Realtime.Connections;

/// <summary>Answers the messages of one client, and counts what it may send.</summary>
internal sealed class ClientCommands(
    Subscriber subscriber, SubscriptionDesk desk, IClientTokenValidator? validator, RealtimeOptions options, RealtimeMeters meters, TimeProvider time)
{
    private readonly RateBudget _messages = new(options.MaxMessagesPerMinute, time);
    private readonly RateBudget _errors = new(options.MaxErrorsPerMinute, time);
    private bool _isAuthenticated = !options.RequireAuthentication;
    private volatile bool _awaitsToken = options.RequireAuthentication;

    /// <summary>Whether the first message, which brings the token, is still awaited.</summary>
    public bool AwaitsToken => _awaitsToken;

    public async ValueTask TakeAsync(InboundKind kind, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        meters.Received.Add(1);
        ClientCommand? command = null;
        var fault = new CommandFault(RequestId.None, ErrorCode.NotText, "Messages are JSON in text frames.");
        if (!_messages.TryTake())
        {
            subscriber.Queue.Close(CloseCode.TooMany);
        }
        else if ((kind != InboundKind.Text || !CommandReader.TryRead(message, out command, out fault)) && _isAuthenticated)
        {
            Refuse(fault!);
        }
        else if (_isAuthenticated)
        {
            await DoAsync(command!, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await AuthenticateAsync(command, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask DoAsync(ClientCommand command, CancellationToken cancellationToken)
    {
        switch (command.Action)
        {
            case CommandAction.Subscribe:
                await desk.SubscribeAsync(subscriber, command, cancellationToken).ConfigureAwait(false);
                break;
            case CommandAction.Unsubscribe:
                desk.Unsubscribe(subscriber, command);
                break;
            case CommandAction.Ping:
                subscriber.Queue.Add(OutboundEntry.Reply(Replies.Pong(command.Id)));
                break;
            default:
                Refuse(new CommandFault(command.Id, ErrorCode.NoAuthentication, "A token is not awaited on this connection."));
                break;
        }
    }

    private async ValueTask AuthenticateAsync(ClientCommand? command, CancellationToken cancellationToken)
    {
        _awaitsToken = false;
        _isAuthenticated = command is { Action: CommandAction.Authenticate, Token: { } token }
            && await validator!.ValidateAsync(token, cancellationToken).ConfigureAwait(false);
        if (_isAuthenticated)
        {
            subscriber.Queue.Add(OutboundEntry.Reply(Replies.Authenticated(command!.Id)));
        }
        else
        {
            subscriber.Queue.Close(CloseCode.NotAllowed);
        }
    }

    private void Refuse(CommandFault fault)
    {
        if (_errors.TryTake())
        {
            subscriber.Queue.Add(OutboundEntry.Reply(Replies.Error(fault)));
        }
        else
        {
            subscriber.Queue.Close(CloseCode.BadProtocol);
        }
    }
}
