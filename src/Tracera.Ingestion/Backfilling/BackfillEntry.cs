namespace Tracera.Ingestion;

/// <summary>A backfill of this host that is under way.</summary>
internal sealed class BackfillEntry(BackfillCursor cursor, long savedAt)
{
    /// <summary>How far it has come.</summary>
    public BackfillCursor Cursor { get; set; } = cursor;

    /// <summary>The clock's timestamp of the last time it was kept.</summary>
    public long SavedAt { get; set; } = savedAt;

    /// <summary>Ends when everything that was to be kept is, or could not be.</summary>
    public Task Saving { get; set; } = Task.CompletedTask;
}
