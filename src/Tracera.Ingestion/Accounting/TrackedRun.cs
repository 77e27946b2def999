namespace Tracera.Ingestion;

/// <summary>A run of this host that has not ended.</summary>
internal sealed class TrackedRun(RunId id, RunTrigger trigger, string owner, DateTimeOffset startedAt, IReadOnlyList<RunRow> rows)
{
    private int _open = rows.Count;

    public RunId Id { get; } = id;

    public RunTrigger Trigger { get; } = trigger;

    /// <summary>Guards the order in which changes of the run enter the journal.</summary>
    public Lock Gate { get; } = new();

    public IReadOnlyList<RunRow> Rows { get; } = rows;

    public RunRow? Find(string provider)
    {
        for (var at = 0; at < Rows.Count; at++)
        {
            if (Rows[at].Provider == provider)
            {
                return Rows[at];
            }
        }

        return null;
    }

    /// <summary>One row has ended.</summary>
    /// <returns>Whether it was the last.</returns>
    public bool Close() => Interlocked.Decrement(ref _open) == 0;

    /// <summary>Names the rows that failed; null when none did.</summary>
    public string? Error()
    {
        var failed = Rows.Where(row => row.Error is not null).Select(row => $"{row.Provider}: {row.Error}").ToList();
        return failed.Count == 0 ? null : string.Join("; ", failed);
    }

    public RunRecord ToRecord() => new(Id, Trigger, RunState.Running, owner, startedAt, null, null, [.. Rows.Select(row => row.ToRecord())]);
}
