using System.Globalization;

namespace Tracera.Postgres;

/// <summary>The advisory lock of a schema's migrations. It ends with its connection, so a host that dies gives it back.</summary>
/// <remarks>Asked for again and again instead of waited for: a waiting statement would hold up a <c>CREATE INDEX CONCURRENTLY</c> of the host that has it.</remarks>
internal sealed class MigrationLock(MigrationSession session, PostgresOptions options, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public async Task TakeAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (!await session.AskAsync("SELECT pg_try_advisory_lock(hashtextextended($1, 0))", cancellationToken, Key).ConfigureAwait(false))
        {
            if (time.GetElapsedTime(started) > options.MigrationTimeout)
            {
                throw new TimeoutException(string.Create(
                    CultureInfo.InvariantCulture, $"Another host has been migrating the schema {session.Schema} for longer than {options.MigrationTimeout}."));
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task ReleaseAsync()
    {
        if (session.Connection.State == System.Data.ConnectionState.Open)
        {
            await session.RunAsync("SELECT pg_advisory_unlock(hashtextextended($1, 0))", CancellationToken.None, Key).ConfigureAwait(false);
        }
    }

    private string Key => "tracera/" + session.Schema;
}
