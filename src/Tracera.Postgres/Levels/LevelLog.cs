using Microsoft.Extensions.Logging;

namespace Tracera.Postgres;

/// <summary>The events of the levels and of retention: ids 8100 to 8199.</summary>
internal static partial class LevelLog
{
    [LoggerMessage(8100, LogLevel.Error, "The levels cannot be brought up to date; what waits is computed when it is read, until they can.")]
    public static partial void RollFailed(ILogger logger, Exception fault);

    [LoggerMessage(8101, LogLevel.Information, "The levels are brought up to date again after {Failures} failed rounds.")]
    public static partial void Rolls(ILogger logger, int failures);

    [LoggerMessage(8102, LogLevel.Error, "The store cannot be looked after: partitions and retention wait until it can.")]
    public static partial void RoundFailed(ILogger logger, Exception fault);

    [LoggerMessage(8103, LogLevel.Information, "The store is looked after again after {Failures} failed rounds.")]
    public static partial void RoundsWork(ILogger logger, int failures);

    [LoggerMessage(8104, LogLevel.Information, "Retention removed the ticks of {Days} days, {Bars} bars and {Records} runs, batch ids and dead letters.")]
    public static partial void Retained(ILogger logger, int days, long bars, long records);

    [LoggerMessage(8105, LogLevel.Information, "{Policies} policies of TimescaleDB were set to the options.")]
    public static partial void PoliciesSet(ILogger logger, int policies);
}
