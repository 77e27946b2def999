using Microsoft.Extensions.Logging;

namespace Tracera.Ingestion;

/// <summary>The events of dispatcher and pumps: ids 2400 to 2449.</summary>
internal static partial class DispatchLog
{
    [LoggerMessage(2400, LogLevel.Warning, "The sink {Sink} cannot write; the batch is offered again until it can.")]
    public static partial void Failing(ILogger logger, Exception? exception, string sink);

    [LoggerMessage(2401, LogLevel.Information, "The sink {Sink} writes again after {Failures} failures.")]
    public static partial void Recovered(ILogger logger, string sink, int failures);

    [LoggerMessage(2402, LogLevel.Error, "The sink {Sink} is not as it must be and waits for somebody to mend it.")]
    public static partial void Misconfigured(ILogger logger, Exception? exception, string sink);

    [LoggerMessage(2403, LogLevel.Error, "The sink {Sink} refused batch {Batch} with {Count} prices of {Provider} in run {Run} for good.")]
    public static partial void DeadLettered(ILogger logger, Exception? exception, string sink, Guid batch, int count, string provider, RunId run);

    [LoggerMessage(2404, LogLevel.Error, "The sink {Sink} answered {Outcome} for a batch of {Count}; what does not add up is counted as lost.")]
    public static partial void BadOutcome(ILogger logger, string sink, WriteOutcome outcome, int count);

    [LoggerMessage(2405, LogLevel.Error, "The sink {Sink} did not drain before the deadline; {Count} prices are lost to it.")]
    public static partial void NotDrained(ILogger logger, string sink, long count);

    [LoggerMessage(2406, LogLevel.Warning, "The dead letters of the sink {Sink} cannot be kept now; tried again.")]
    public static partial void DeadLettersAway(ILogger logger, Exception? exception, string sink);

    [LoggerMessage(2407, LogLevel.Warning, "The sink {Sink} ignores its deadline of {Deadline}; no other batch is offered until it answers.")]
    public static partial void Late(ILogger logger, string sink, TimeSpan deadline);

    [LoggerMessage(2408, LogLevel.Warning, "The host stops while the sink {Sink} cannot write ({Error}): {Count} prices wait for it, at most until the deadline of the stop.")]
    public static partial void WaitsAtStop(ILogger logger, string sink, string error, long count);

    [LoggerMessage(2409, LogLevel.Error, "The sink {Sink} could not be made and gets no prices. The host must be started anew once that is mended.")]
    public static partial void NotMade(ILogger logger, Exception? exception, string sink);

    [LoggerMessage(2410, LogLevel.Error, "The sink {Sink} blocks its thread beyond the deadline of the stop and is left behind; of {Count} prices that wait for it, what its spool has taken comes again.")]
    public static partial void LeftBehind(ILogger logger, string sink, long count);

    [LoggerMessage(2411, LogLevel.Critical, "Nothing is written to the sink {Sink} any more.")]
    public static partial void Broken(ILogger logger, Exception? exception, string sink);

    [LoggerMessage(2412, LogLevel.Error, "{Observer} could not take in what was backfilled.")]
    public static partial void ObserverFailed(ILogger logger, Exception? exception, string observer);

    [LoggerMessage(2413, LogLevel.Error, "What listens to the meters or traces of the sink {Sink} throws; its prices are written and counted all the same.")]
    public static partial void OnlookerFailed(ILogger logger, Exception? exception, string sink);

    [LoggerMessage(2414, LogLevel.Error, "The sink {Sink} wrote batch {Batch}, but not everything could be told of it; its run may not end before the host does.")]
    public static partial void NotEntered(ILogger logger, Exception? exception, string sink, Guid batch);
}
