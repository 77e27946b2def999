using Microsoft.Extensions.Logging;

namespace Tracera.Postgres;

/// <summary>The events of the migrations: ids 8010 to 8019.</summary>
internal static partial class MigrationLog
{
    [LoggerMessage(8010, LogLevel.Information, "Applied {Set}/{Version:0000}_{Name} to the schema {Schema}.")]
    public static partial void Applied(ILogger logger, string set, int version, string name, string schema);
}
