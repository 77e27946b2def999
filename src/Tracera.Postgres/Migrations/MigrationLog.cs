using Microsoft.Extensions.Logging;

namespace Tracera.Postgres;

/// <summary>The events of the migrations: ids 6010 to 6019.</summary>
internal static partial class MigrationLog
{
    [LoggerMessage(6010, LogLevel.Information, "Applied {Set}/{Version:0000}_{Name} to the schema {Schema}.")]
    public static partial void Applied(ILogger logger, string set, int version, string name, string schema);
}
