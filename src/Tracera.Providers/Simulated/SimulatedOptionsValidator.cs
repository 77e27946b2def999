using Microsoft.Extensions.Options;

namespace Tracera.Providers;

/// <summary>Refuses bad values.</summary>
internal sealed class SimulatedOptionsValidator : IValidateOptions<SimulatedOptions>
{
    private const int MaxItemCount = 1_000_000;
    private const int MaxBurstSize = 1_000;
    private const double MaxVolatility = 0.5;

    public ValidateOptionsResult Validate(string? name, SimulatedOptions options) =>
        new OptionFaults($"{ProviderOptions.SectionName}:{name}")
            .Require(options.ItemCount is >= 1 and <= MaxItemCount, nameof(options.ItemCount), options.ItemCount, "1 to 1000000")
            .Require(options.Volatility is >= 0 and <= MaxVolatility, nameof(options.Volatility), options.Volatility, "0 to 0.5")
            .Require(options.TradeChance is >= 0 and <= 1, nameof(options.TradeChance), options.TradeChance, "0 to 1")
            .Require(options.GapChance is >= 0 and <= 1, nameof(options.GapChance), options.GapChance, "0 to 1")
            .Require(options.BurstChance is >= 0 and <= 1, nameof(options.BurstChance), options.BurstChance, "0 to 1")
            .Require(options.BurstSize is >= 2 and <= MaxBurstSize, nameof(options.BurstSize), options.BurstSize, "2 to 1000")
            .Result;
}
