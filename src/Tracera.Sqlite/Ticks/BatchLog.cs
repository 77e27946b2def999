namespace Tracera.Sqlite;

/// <summary>The outcomes of the batches that were committed, so that one that is offered again gets its first answer.</summary>
internal sealed class BatchLog(SqliteSession session)
{
    public WriteOutcome? Find(Guid batch)
    {
        var statement = session.Statement("SELECT written, duplicate, corrected FROM batches WHERE id = ?1").Bind(1, batch);
        WriteOutcome? outcome = statement.Step()
            ? new WriteOutcome(statement.Int32(0), statement.Int32(1), statement.Int32(2))
            : null;
        statement.Reset();
        return outcome;
    }

    public void Add(Guid batch, WriteOutcome outcome, long now) => session
        .Statement("INSERT INTO batches (id, written, duplicate, corrected, committed_at) VALUES (?1, ?2, ?3, ?4, ?5)")
        .Bind(1, batch)
        .Bind(2, outcome.Written)
        .Bind(3, outcome.Duplicate)
        .Bind(4, outcome.Corrected)
        .Bind(5, now)
        .Execute();
}
