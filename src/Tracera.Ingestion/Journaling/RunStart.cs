namespace Tracera.Ingestion;

/// <summary>A run begins.</summary>
internal sealed class RunStart(RunRecord run, TimeSpan lease, TimeProvider time) : RunTransition(run.Id)
{
    private readonly TaskCompletionSource _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected override string What => "the start";

    /// <summary>Ends when it is in the store, or was tried in vain for the first time.</summary>
    public Task Tried => _tried.Task;

    public override async ValueTask<bool> ApplyAsync(IRunLog log, CancellationToken cancellationToken)
    {
        await log.StartAsync(run, time.GetUtcNow() + lease, cancellationToken).ConfigureAwait(false);
        return true;
    }

    public override void NoteTried() => _tried.TrySetResult();
}
