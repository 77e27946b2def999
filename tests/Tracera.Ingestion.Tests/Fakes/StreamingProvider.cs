namespace Tracera.Ingestion.Tests;

/// <summary>A provider that only streams.</summary>
internal sealed class StreamingProvider(Func<FetchContext, CancellationToken, IAsyncEnumerable<RawPrice>> script) : IStreamingPriceProvider
{
    private readonly ScriptedProvider _inner = new(script);

    public OutsideLedger? Outside
    {
        get => _inner.Outside;
        set => _inner.Outside = value;
    }

    public Task WhenConnectedAsync(int times) => _inner.WhenCycleAsync(times);

    public IAsyncEnumerable<RawPrice> StreamAsync(FetchContext context, CancellationToken cancellationToken) =>
        _inner.FetchAsync(context, cancellationToken);
}
