namespace Tracera.Ingestion;

/// <summary>The counts or the end of one provider's part of a run.</summary>
internal sealed class RowChange(RunId runId, string owner, ProviderRunRecord row) : RunTransition(runId)
{
    protected override string What => $"the row of {row.Provider}";

    public override ValueTask<bool> ApplyAsync(IRunLog log, CancellationToken cancellationToken) => log.UpdateAsync(RunId, owner, row, cancellationToken);
}
