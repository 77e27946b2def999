namespace Tracera;

/// <summary>What a price of a source stands for. A series never mixes kinds.</summary>
public enum PriceKind
{
    /// <summary>The lowest price at which somebody offers the item.</summary>
    LowestAsk = 0,

    /// <summary>The highest price at which somebody wants to buy the item.</summary>
    HighestBid = 1,

    /// <summary>The price of the last trade.</summary>
    LastTrade = 2,

    /// <summary>The median of the trades of a period.</summary>
    TradedMedian = 3,

    /// <summary>The last trade of a finished candle.</summary>
    Close = 4,
}
