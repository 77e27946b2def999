using Microsoft.Extensions.Logging;

namespace Tracera.Ingestion;

/// <summary>What a pump works with.</summary>
/// <param name="Sink">The sink.</param>
/// <param name="Options">How it is called.</param>
/// <param name="Queue">What feeds it.</param>
/// <param name="Account">Where its ticks are counted.</param>
/// <param name="Tracker">Told of outcomes when the sink is durable.</param>
/// <param name="DeadLetters">Keeps what is refused; null where nothing does.</param>
/// <param name="Observers">Told of ticks of the past that the durable sink has stored; none at other sinks.</param>
/// <param name="Awaited">Told what became of batches that somebody waits for.</param>
/// <param name="Instruments">The meters.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">The log.</param>
internal sealed record SinkParts(
    IPriceSink Sink,
    SinkOptions Options,
    SinkQueue Queue,
    SinkAccount Account,
    RunTracker Tracker,
    IDeadLetterLog? DeadLetters,
    IReadOnlyList<IBackfillObserver> Observers,
    AwaitedBatches Awaited,
    WriteInstruments Instruments,
    TimeProvider Time,
    ILogger Logger);
