namespace Tracera.Load;

/// <summary>The peer's sink: counts what it is given, tick by tick.</summary>
internal sealed class ItemSink
{
    public long Count { get; private set; }

    public ValueTask WriteAsync(in PriceTick tick)
    {
        Count += tick.Price > 0 ? 1 : 0;
        return ValueTask.CompletedTask;
    }
}
