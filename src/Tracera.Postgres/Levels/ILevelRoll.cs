using Npgsql;

namespace Tracera.Postgres;

/// <summary>Brings the levels of one kind of store up to date with the ticks, by the marks that writers leave.</summary>
internal interface ILevelRoll
{
    /// <summary>Rolls up what waits and is over.</summary>
    /// <param name="connection">The connection, which serves nothing else meanwhile.</param>
    /// <param name="at">The present.</param>
    /// <param name="cancellationToken">Ends it; what was committed stays.</param>
    /// <returns>How many buckets were rolled up.</returns>
    Task<long> RunAsync(NpgsqlConnection connection, DateTimeOffset at, CancellationToken cancellationToken);
}
