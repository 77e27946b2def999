namespace Tracera.Realtime;

/// <summary>The names of the hub's instruments, all of the meter <see cref="TraceraTelemetry.MeterName"/>.</summary>
/// <remarks>
/// Of updates: offered = sent + conflated + dropped + those that wait. One update counts as offered once for each client that is subscribed to it.
/// </remarks>
public static class RealtimeTelemetry
{
    /// <summary>Clients that are connected now.</summary>
    public const string Clients = "tracera.realtime.clients";

    /// <summary>Updates that were encoded; all clients share one encoding.</summary>
    public const string Encoded = "tracera.realtime.updates.encoded";

    /// <summary>Updates that were handed to clients' queues.</summary>
    public const string Offered = "tracera.realtime.updates.offered";

    /// <summary>Updates that were sent.</summary>
    public const string Sent = "tracera.realtime.updates.sent";

    /// <summary>Updates in whose stead a slow client got a newer value or a snapshot.</summary>
    public const string Conflated = "tracera.realtime.updates.conflated";

    /// <summary>Updates that still waited when their client's connection ended.</summary>
    public const string Dropped = "tracera.realtime.updates.dropped";

    /// <summary>Messages that came from clients.</summary>
    public const string Received = "tracera.realtime.messages.received";

    /// <summary>Snapshots that clients got because updates were lost or too many waited.</summary>
    public const string Resynchronised = "tracera.realtime.resynchronised";

    /// <summary>Connections that ended, by <see cref="CodeTag"/>.</summary>
    public const string Closes = "tracera.realtime.closes";

    /// <summary>Handshakes that were refused, by <see cref="CodeTag"/>, the HTTP status.</summary>
    public const string Refused = "tracera.realtime.refused";

    /// <summary>The tag that holds a close code or a status; 1006 is a connection that broke.</summary>
    public const string CodeTag = "code";
}
