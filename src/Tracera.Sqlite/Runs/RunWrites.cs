namespace Tracera.Sqlite;

/// <summary>The changes of runs, each fenced by the owner and by the run's state.</summary>
internal static class RunWrites
{
    private const string Abandoned = "Abandoned: the host that ran it is gone.";
    private const string Unfinished = "The run ended before this part did.";

    public static int Start(SqliteSession session, RunRecord run, DateTimeOffset leaseUntil)
    {
        var added = session
            .Statement(
                """
                INSERT INTO runs (id, run_trigger, state, owner, started_at, lease_until) VALUES (?1, ?2, 0, ?3, ?4, ?5)
                ON CONFLICT DO NOTHING
                """)
            .Bind(1, run.Id.Value)
            .Bind(2, (long)run.Trigger)
            .Bind(3, run.Owner)
            .Bind(4, UnixTime.ToMicroseconds(run.StartedAt))
            .Bind(5, UnixTime.ToMicroseconds(leaseUntil))
            .Execute();
        for (var i = 0; added == 1 && i < run.Providers.Count; i++)
        {
            RunRows.Add(session, run.Id, i, run.Providers[i]);
        }

        return added;
    }

    public static bool Update(SqliteSession session, RunId runId, string owner, ProviderRunRecord row) =>
        IsRunning(session, runId, owner) && RunRows.Update(session, runId, row);

    public static bool Finish(SqliteSession session, RunId runId, string owner, RunState state, string? error, DateTimeOffset finishedAt)
    {
        if (!IsRunning(session, runId, owner))
        {
            return false;
        }

        End(session, runId, state, error, Unfinished, finishedAt);
        return true;
    }

    public static int Heartbeat(SqliteSession session, string owner, DateTimeOffset leaseUntil) => session
        .Statement("UPDATE runs SET lease_until = ?2 WHERE owner = ?1 AND state = 0 AND lease_until IS NOT NULL")
        .Bind(1, owner)
        .Bind(2, UnixTime.ToMicroseconds(leaseUntil))
        .Execute();

    public static List<RunId> FailAbandoned(SqliteSession session, string owner, DateTimeOffset now)
    {
        var rows = session
            .Statement("SELECT id FROM runs WHERE state = 0 AND (lease_until IS NULL OR (owner <> ?1 AND lease_until <= ?2)) ORDER BY id")
            .Bind(1, owner)
            .Bind(2, UnixTime.ToMicroseconds(now));
        var runs = new List<RunId>();
        while (rows.Step())
        {
            runs.Add(new RunId(rows.Guid(0)));
        }

        foreach (var run in runs)
        {
            End(session, run, RunState.Failed, Abandoned, Abandoned, now);
        }

        return runs;
    }

    private static bool IsRunning(SqliteSession session, RunId runId, string owner) => session
        .Statement("SELECT 1 FROM runs WHERE id = ?1 AND owner = ?2 AND state = 0 AND lease_until IS NOT NULL")
        .Bind(1, runId.Value)
        .Bind(2, owner)
        .Scalar() == 1;

    private static void End(SqliteSession session, RunId runId, RunState state, string? error, string rowError, DateTimeOffset at)
    {
        session.Statement("UPDATE runs SET state = ?2, error = ?3, finished_at = ?4, lease_until = NULL WHERE id = ?1")
            .Bind(1, runId.Value).Bind(2, (long)state).Bind(3, error).Bind(4, UnixTime.ToMicroseconds(at)).Execute();
        session.Statement("UPDATE run_providers SET state = 2, error = coalesce(error, ?2), finished_at = ?3 WHERE run_id = ?1 AND state = 0")
            .Bind(1, runId.Value).Bind(2, rowError).Bind(3, UnixTime.ToMicroseconds(at)).Execute();
    }
}
