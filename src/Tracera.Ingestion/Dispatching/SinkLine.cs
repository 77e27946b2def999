namespace Tracera.Ingestion;

/// <summary>One sink with its queue and pump.</summary>
/// <param name="Name">Its registered name.</param>
/// <param name="Parts">What the pump works with.</param>
/// <param name="Pump">The pump.</param>
internal sealed record SinkLine(string Name, SinkParts Parts, SinkPump Pump)
{
    public bool IsDurable => Parts.Account.IsDurable;

    public SinkQueue Queue => Parts.Queue;
}
