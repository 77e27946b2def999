namespace Tracera.Postgres.Tests;

/// <summary>The store's sink, with a roll after every batch.</summary>
internal sealed class RollingSink(TestStore store) : IPriceSink
{
    public async ValueTask<WriteOutcome> WriteAsync(PriceBatch batch, CancellationToken cancellationToken)
    {
        var outcome = await store.Sink.WriteAsync(batch, cancellationToken);
        await store.Roller.RollAsync(cancellationToken);
        return outcome;
    }
}
