using Npgsql;

namespace Tracera.Postgres;

/// <summary>Applies one script and records it.</summary>
internal sealed class ScriptRun(MigrationSession session, string set, PostgresScript script, StoreKind kind)
{
    private readonly List<string> _statements = ScriptText.Statements(script, session.Schema);

    /// <summary>Runs the statements that were not yet committed.</summary>
    public Task ApplyAsync(int committed, CancellationToken cancellationToken) =>
        ScriptText.IsTransactional(script) ? ApplyAtOnceAsync(cancellationToken) : ApplyOneByOneAsync(committed, cancellationToken);

    private async Task ApplyAtOnceAsync(CancellationToken cancellationToken)
    {
        var transaction = await session.Connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            foreach (var statement in _statements)
            {
                await RunAsync(statement, cancellationToken).ConfigureAwait(false);
            }

            await RecordAsync(null, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ApplyOneByOneAsync(int committed, CancellationToken cancellationToken)
    {
        for (var i = committed; i < _statements.Count; i++)
        {
            await RunAsync(_statements[i], cancellationToken).ConfigureAwait(false);
            await RecordAsync(i + 1 < _statements.Count ? i + 1 : null, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RunAsync(string statement, CancellationToken cancellationToken)
    {
        try
        {
            await session.RunAsync(statement, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException fault)
        {
            var first = statement.ReplaceLineEndings(" ");
            throw new NpgsqlException(
                $"The script {set}/{script.Version:0000}_{script.Name} failed at '{first[..Math.Min(first.Length, 120)]}': {fault.MessageText}", fault);
        }
    }

    private Task RecordAsync(int? steps, CancellationToken cancellationToken) => session.RunAsync(
        ScriptTable.Put,
        cancellationToken,
        set,
        script.Version,
        script.Name,
        kind.ToString(),
        ScriptText.Checksum(script),
        (object?)steps ?? DBNull.Value);
}
