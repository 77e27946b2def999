namespace Tracera.Providers;

/// <summary>The simulated market; configured under <c>Tracera:Providers:&lt;name&gt;</c>, beside <see cref="ProviderOptions"/>.</summary>
public sealed class SimulatedOptions
{
    /// <summary>The default of <see cref="ItemCount"/>.</summary>
    public const int DefaultItemCount = 500;

    /// <summary>The default of <see cref="Seed"/>.</summary>
    public const long DefaultSeed = 1;

    /// <summary>The default of <see cref="Volatility"/>.</summary>
    public const double DefaultVolatility = 0.02;

    /// <summary>The default of <see cref="TradeChance"/>.</summary>
    public const double DefaultTradeChance = 0.6;

    /// <summary>The default of <see cref="GapChance"/>.</summary>
    public const double DefaultGapChance = 0.05;

    /// <summary>The default of <see cref="BurstChance"/>.</summary>
    public const double DefaultBurstChance = 0.02;

    /// <summary>The default of <see cref="BurstSize"/>.</summary>
    public const int DefaultBurstSize = 5;

    /// <summary>The interval at which it is polled unless something else is set.</summary>
    public static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(2);

    /// <summary>How many items the market has, 1 to 1,000,000. Default: 500.</summary>
    public int ItemCount { get; set; } = DefaultItemCount;

    /// <summary>Two markets of one seed have the same prices at the same time. Default: 1.</summary>
    public long Seed { get; set; } = DefaultSeed;

    /// <summary>The standard deviation of an item's return over one hour, as a share of the price, 0 to 0.5. Default: 0.02.</summary>
    public double Volatility { get; set; } = DefaultVolatility;

    /// <summary>The chance that an item trades in a cycle, 0 to 1. Default: 0.6.</summary>
    public double TradeChance { get; set; } = DefaultTradeChance;

    /// <summary>The chance that an item is silent for two minutes, 0 to 1. Default: 0.05.</summary>
    public double GapChance { get; set; } = DefaultGapChance;

    /// <summary>The chance that an item that trades does so several times in a cycle, 0 to 1. Default: 0.02.</summary>
    public double BurstChance { get; set; } = DefaultBurstChance;

    /// <summary>The most trades of an item in one cycle, 2 to 1,000. Default: 5.</summary>
    public int BurstSize { get; set; } = DefaultBurstSize;
}
