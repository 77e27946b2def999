namespace Tracera.Realtime.Wire;

/// <summary>What a client wants to hear of an item.</summary>
[Flags]
internal enum Channels
{
    None = 0,
    Price = 1,
    Volatility = 2,
    All = Price | Volatility,
}
