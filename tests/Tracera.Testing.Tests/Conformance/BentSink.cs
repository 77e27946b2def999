namespace Tracera.Testing.Tests;

/// <summary>A sink whose write a test says; without, the inner one's.</summary>
internal sealed class BentSink(IPriceSink inner) : IPriceSink
{
    public Func<PriceBatch, CancellationToken, ValueTask<WriteOutcome>> Write { get; init; } = inner.WriteAsync;

    public ValueTask<WriteOutcome> WriteAsync(PriceBatch batch, CancellationToken cancellationToken) => Write(batch, cancellationToken);
}
