namespace Tracera.Ingestion;

/// <summary>The search for runs that crashed hosts left behind.</summary>
internal sealed class RunSweep(Func<IRunLog, CancellationToken, ValueTask<bool>> sweep) : RunTransition(default)
{
    protected override string What => "the search for abandoned runs";

    public override ValueTask<bool> ApplyAsync(IRunLog log, CancellationToken cancellationToken) => sweep(log, cancellationToken);
}
