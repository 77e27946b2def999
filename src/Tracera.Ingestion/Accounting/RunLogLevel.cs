using Microsoft.Extensions.Logging;

namespace Tracera.Ingestion;

/// <summary>How loudly the start and the success of a run are told: what the schedule repeats all day is told to those who debug.</summary>
internal static class RunLogLevel
{
    public static LogLevel Of(RunTrigger trigger) => trigger == RunTrigger.Schedule ? LogLevel.Debug : LogLevel.Information;
}
