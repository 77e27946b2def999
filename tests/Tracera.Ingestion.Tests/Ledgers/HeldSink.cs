namespace Tracera.Ingestion.Tests;

/// <summary>The target behind a sink: what it holds is counted outside. It can be held up.</summary>
internal sealed class HeldSink(string name, OutsideLedger ledger) : IPriceSink
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether writes wait until <see cref="Release"/>.</summary>
    public bool IsHeldUp { get; init; }

    public void Release() => _released.TrySetResult();

    public async ValueTask<WriteOutcome> WriteAsync(PriceBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (IsHeldUp)
        {
            await _released.Task.WaitAsync(cancellationToken);
        }

        var outcome = WriteOutcome.AllWritten(batch);
        ledger.Answered(name, batch, outcome);
        return outcome;
    }
}
