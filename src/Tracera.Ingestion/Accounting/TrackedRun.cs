namespace Tracera.Ingestion;

/// <summary>A run of this host that has not ended.</summary>
internal sealed class TrackedRun(RunId id, RunTrigger trigger, string owner, DateTimeOffset startedAt, RunRow[] rows)
{
    private readonly RunRow[] _rows = rows;
    private int _open = rows.Length;

    public RunId Id { get; } = id;

    public RunTrigger Trigger { get; } = trigger;

    /// <summary>Guards the order in which changes of the run enter the journal.</summary>
    public Lock Gate { get; } = new();

    public IReadOnlyList<RunRow> Rows => _rows;

    public RunRow? Find(string provider)
    {
        foreach (var row in _rows)
        {
            if (row.Provider == provider)
            {
                return row;
            }
        }

        return null;
    }

    /// <summary>One row has ended.</summary>
    /// <returns>Whether it was the last.</returns>
    public bool Close() => Interlocked.Decrement(ref _open) == 0;

    /// <summary>Names the rows that failed; null when none did.</summary>
    public string? Error() => Array.Exists(_rows, static row => row.Error is not null)
        ? string.Join("; ", _rows.Where(static row => row.Error is not null).Select(static row => $"{row.Provider}: {row.Error}"))
        : null;

    public RunRecord ToRecord() => new(Id, Trigger, RunState.Running, owner, startedAt, null, null, Array.ConvertAll(_rows, static row => row.ToRecord()));
}
