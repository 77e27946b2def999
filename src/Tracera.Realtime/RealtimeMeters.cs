using System.Diagnostics.Metrics;

namespace Tracera.Realtime;

/// <summary>The hub's instruments.</summary>
internal sealed class RealtimeMeters
{
    private readonly Counter<long> _closes;
    private readonly Counter<long> _refused;

    public RealtimeMeters(IMeterFactory factory)
    {
        var meter = factory.Create(TraceraTelemetry.MeterName);
        Clients = meter.CreateUpDownCounter<long>(RealtimeTelemetry.Clients, "{client}", "Clients that are connected now.");
        Encoded = meter.CreateCounter<long>(RealtimeTelemetry.Encoded, "{update}", "Updates that were encoded.");
        Offered = meter.CreateCounter<long>(RealtimeTelemetry.Offered, "{update}", "Updates that were handed to clients' queues.");
        Sent = meter.CreateCounter<long>(RealtimeTelemetry.Sent, "{update}", "Updates that were sent.");
        Conflated = meter.CreateCounter<long>(RealtimeTelemetry.Conflated, "{update}", "Updates replaced by newer values for slow clients.");
        Dropped = meter.CreateCounter<long>(RealtimeTelemetry.Dropped, "{update}", "Updates that waited when their connection ended.");
        Received = meter.CreateCounter<long>(RealtimeTelemetry.Received, "{message}", "Messages that came from clients.");
        Resynchronised = meter.CreateCounter<long>(RealtimeTelemetry.Resynchronised, "{snapshot}", "Snapshots in the stead of lost updates.");
        _closes = meter.CreateCounter<long>(RealtimeTelemetry.Closes, "{connection}", "Connections that ended.");
        _refused = meter.CreateCounter<long>(RealtimeTelemetry.Refused, "{handshake}", "Handshakes that were refused.");
    }

    public UpDownCounter<long> Clients { get; }

    public Counter<long> Encoded { get; }

    public Counter<long> Offered { get; }

    public Counter<long> Sent { get; }

    public Counter<long> Conflated { get; }

    public Counter<long> Dropped { get; }

    public Counter<long> Received { get; }

    public Counter<long> Resynchronised { get; }

    public void Closed(int code) => _closes.Add(1, new KeyValuePair<string, object?>(RealtimeTelemetry.CodeTag, code));

    public void Refused(int status) => _refused.Add(1, new KeyValuePair<string, object?>(RealtimeTelemetry.CodeTag, status));
}
