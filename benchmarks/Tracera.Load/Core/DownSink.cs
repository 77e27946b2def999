namespace Tracera.Load;

/// <summary>A sink whose target is away all the time.</summary>
internal sealed class DownSink : IPriceSink
{
    public ValueTask<WriteOutcome> WriteAsync(PriceBatch batch, CancellationToken cancellationToken) => throw new IOException("The target is away.");
}
