using Microsoft.Extensions.Options;

namespace Tracera.Volatility.Streaming;

/// <summary>The sink <c>volatility</c>: adds ticks up as they pass.</summary>
/// <remarks>In the other mode, or where volatility is switched off, ticks pass unseen and count as left out, as do those of series for which there is no room.</remarks>
internal sealed class VolatilitySink(StreamBook book, IOptions<VolatilityOptions> options) : IPriceSink, IBackfillObserver
{
    /// <summary>The sink's name.</summary>
    public const string Name = "volatility";

    private readonly bool _isOn = options.Value is { Enabled: true, Mode: VolatilityMode.Streaming };

    /// <summary>Ticks of the past are in the store: their series are read from there anew.</summary>
    public void Stored(ReadOnlySpan<PriceTick> ticks)
    {
        if (_isOn)
        {
            book.Backfilled(ticks);
        }
    }

    public ValueTask<WriteOutcome> WriteAsync(PriceBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_isOn)
        {
            return ValueTask.FromResult(new WriteOutcome(0, Conflated: batch.Count));
        }

        var (repeated, refused) = book.Offer(batch.Ticks.Span);
        return ValueTask.FromResult(new WriteOutcome(batch.Count - repeated - refused, Duplicate: repeated, Conflated: refused));
    }
}
