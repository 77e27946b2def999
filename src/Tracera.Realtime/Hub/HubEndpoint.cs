using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tracera.Realtime.Connections;
using Tracera.Realtime.Wire;
using Tracera.Shared;

namespace Tracera.Realtime.Hub;

/// <summary>Judges handshakes and upgrades those that are let in.</summary>
internal sealed class HubEndpoint(
    ConnectionFactory connections,
    ConnectionRegistry registry,
    OriginPolicy origins,
    IOptions<RealtimeOptions> options,
    RealtimeMeters meters,
    ILogger<HubEndpoint> logger)
{
    // So many clients beyond the limit are told so by a close code at a time; the others get 503.
    private const int MaxTurnedAway = 256;
    private int _turnedAway;

    public async Task ServeAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.Headers.Upgrade = "websocket";
            await RefuseAsync(context, StatusCodes.Status426UpgradeRequired, "Upgrade required", "This address takes WebSocket handshakes only.")
                .ConfigureAwait(false);
        }
        else if (!origins.Allows(context.Request))
        {
            RealtimeLog.ForeignOrigin(logger, context.Request.Headers.Origin);
            await RefuseAsync(
                context, StatusCodes.Status403Forbidden, "Forbidden", "A handshake with a cookie needs an Origin header that this host allows.")
                .ConfigureAwait(false);
        }
        else if (registry.IsClosing)
        {
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "Service unavailable", "The host is stopping.").ConfigureAwait(false);
        }
        else if (!options.Value.RequireAuthentication && await ReadPolicy.RefusalOfAsync(context).ConfigureAwait(false) is { } refusal)
        {
            await RefuseReaderAsync(context, refusal).ConfigureAwait(false);
        }
        else
        {
            await EnterAsync(context).ConfigureAwait(false);
        }
    }

    private Task RefuseReaderAsync(HttpContext context, int status)
    {
        if (status == StatusCodes.Status403Forbidden)
        {
            return RefuseAsync(context, status, "Forbidden", $"The signed-in user is refused by the policy '{PolicyNames.Read}'.");
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        return RefuseAsync(context, status, "Unauthorized", "This needs a signed-in user.");
    }

    private async Task EnterAsync(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        if (registry.TryEnter(address))
        {
            try
            {
                await AcceptAsync(context, 0).ConfigureAwait(false);
            }
            finally
            {
                registry.Exit(address);
            }
        }
        else
        {
            RealtimeLog.TooManyConnections(logger, address?.ToString());
            await TurnAwayAsync(context).ConfigureAwait(false);
        }
    }

    private async Task TurnAwayAsync(HttpContext context)
    {
        try
        {
            if (Interlocked.Increment(ref _turnedAway) <= MaxTurnedAway)
            {
                await AcceptAsync(context, CloseCode.TooMany).ConfigureAwait(false);
            }
            else
            {
                context.Response.Headers.RetryAfter = "60";
                await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "Service unavailable", "There are too many connections.")
                    .ConfigureAwait(false);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _turnedAway);
        }
    }

    private async Task AcceptAsync(HttpContext context, int closeCode)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            KeepAliveInterval = options.Value.PingInterval,

            // It counts from the ping on.
            KeepAliveTimeout = options.Value.DeadAfter - options.Value.PingInterval,
        }).ConfigureAwait(false);
        await connections.ServeAsync(socket, context.Connection.RemoteIpAddress?.ToString(), closeCode, context.RequestAborted).ConfigureAwait(false);
    }

    private Task RefuseAsync(HttpContext context, int status, string title, string detail)
    {
        meters.Refused(status);
        return Refusal.WriteAsync(context, status, title, detail);
    }
}
