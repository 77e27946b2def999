using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Tracera.Providers.Tests;

public sealed class SimulatedTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cycles_OfOneSeedAndSchedule_AreTheSame()
    {
        var first = await RunAsync(new SimulatedOptions { Seed = 5 }, 20, TimeSpan.FromMilliseconds(100));
        Assert.Equal(first, await RunAsync(new SimulatedOptions { Seed = 5 }, 20, TimeSpan.FromMilliseconds(100)));
        Assert.NotEqual(first, await RunAsync(new SimulatedOptions { Seed = 6 }, 20, TimeSpan.FromMilliseconds(100)));
    }

    [Fact]
    public async Task Price_AfterARestart_GoesOnWhereItWas()
    {
        var running = (await RunAsync(new SimulatedOptions(), 10, TimeSpan.FromMinutes(1)))[^1];
        var restarted = await FetchAsync(new SimulatedProvider(new SimulatedOptions()), Start.AddMinutes(9));
        var byName = restarted.ToDictionary(price => price.Name, price => price.Price);
        Assert.All(running.Where(price => price.ObservedAt is null), price => Assert.Equal(byName[price.Name], price.Price));
    }

    [Fact]
    public async Task FirstCycle_NamesEveryItemOnce()
    {
        var prices = await FetchAsync(new SimulatedProvider(new SimulatedOptions { GapChance = 1, TradeChance = 0 }), Start);
        Assert.Equal(SimulatedOptions.DefaultItemCount, prices.Select(price => price.Name).Distinct().Count());
        Assert.All(prices, price => Assert.Equal(("sim:market", "simulated", Currency.Usd), (price.Category, price.Source.Name, price.Source.Currency)));
    }

    [Fact]
    public void Names_BeyondTheCombinations_StayDistinct()
    {
        var count = (SimulatedNames.Combinations * 2) + 10;
        Assert.Equal(count, Enumerable.Range(0, count).Select(SimulatedNames.Of).Distinct().Count());
    }

    [Fact]
    public async Task Prices_OfAWildMarket_StayPositiveAndExact()
    {
        var cycles = await RunAsync(new SimulatedOptions { Volatility = 0.5, ItemCount = 200 }, 300, TimeSpan.FromHours(7));
        Assert.All(cycles.SelectMany(cycle => cycle), price =>
        {
            Assert.True(price.Price > 0);
            Assert.True(price.Volume >= 1);
            Assert.Contains((int)price.Price.Scale, new[] { 2, 4 });
        });
    }

    [Fact]
    public void Returns_OfAnHour_HaveTheVolatilityThatWasAskedFor()
    {
        var returns = new List<double>();
        for (var item = 0; item < 200; item++)
        {
            var key = SimulatedNoise.Hash(1, item);
            for (var hour = 0; hour < 100; hour++)
            {
                returns.Add(SimulatedPath.DeviationAt(key, (hour + 1) * 3_600, 0.02) - SimulatedPath.DeviationAt(key, hour * 3_600, 0.02));
            }
        }

        Assert.InRange(Math.Sqrt(returns.Average(r => r * r)), 0.018, 0.022);
        Assert.InRange(returns.Average(), -0.001, 0.001);
    }

    [Fact]
    public void Variance_GrowsWithTheTimeBetweenTwoPrices()
    {
        var (seconds, minutes) = (VarianceOver(10), VarianceOver(600));
        Assert.InRange(minutes / seconds, 40, 90);
    }

    [Fact]
    public void Volatility_Changes()
    {
        var key = SimulatedNoise.Hash(1, 3);
        var hours = Enumerable.Range(0, 300).Select(hour => Enumerable.Range(0, 60).Average(minute =>
            Math.Pow(SimulatedPath.DeviationAt(key, (hour * 3_600) + ((minute + 1) * 60), 0.02) - SimulatedPath.DeviationAt(key, (hour * 3_600) + (minute * 60), 0.02), 2))).Order().ToList();
        Assert.True(hours[270] > 3 * hours[30], "the busiest tenth of the hours is not three times as volatile as the calmest");
    }

    [Fact]
    public async Task Cycles_HaveGapsAndBursts()
    {
        var interval = TimeSpan.FromSeconds(10);
        var cycles = await RunAsync(new SimulatedOptions { TradeChance = 1, GapChance = 0.1, BurstChance = 0.05 }, 60, interval);
        var later = cycles.Skip(1).ToList();
        Assert.InRange(later.Average(cycle => cycle.Count(price => price.ObservedAt is null)), 425, 475);
        var bursts = later.SelectMany((cycle, i) => cycle.Where(price => price.ObservedAt is not null).Select(price => (price, At: Start + ((i + 1) * interval)))).ToList();
        Assert.NotEmpty(bursts);
        Assert.All(bursts, burst => Assert.True(burst.price.ObservedAt > burst.At - interval && burst.price.ObservedAt < burst.At));
        Assert.All(later, cycle => Assert.Equal(cycle.Count, cycle.DistinctBy(price => (price.Name, price.ObservedAt)).Count()));
    }

    [Fact]
    public async Task Items_ThatAreSilent_StayForAWhile()
    {
        var cycles = await RunAsync(new SimulatedOptions { TradeChance = 1, GapChance = 0.2 }, 12, TimeSpan.FromSeconds(10));
        var silent = cycles.Skip(1).Select(cycle => SimulatedOptions.DefaultItemCount - cycle.DistinctBy(price => price.Name).Count()).Distinct();
        Assert.InRange(Assert.Single(silent), 60, 140);
    }

    [Fact]
    public async Task Row_OfALargeMarket_CostsNoAllocation()
    {
        var provider = new SimulatedProvider(new SimulatedOptions { ItemCount = 1_000 });
        await DrainAsync(provider, Start);
        await DrainAsync(provider, Start.AddSeconds(1));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var rows = await DrainAsync(provider, Start.AddSeconds(2));
        Assert.True(rows > 300);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000);
    }

    [Fact]
    public async Task Backfill_OfARange_IsThePathThatLiveFollows()
    {
        var provider = new SimulatedProvider(new SimulatedOptions { ItemCount = 3 });
        var past = new List<RawPrice>();
        await foreach (var price in provider.BackfillAsync(Context(Start), Start.AddSeconds(30), Start.AddMinutes(3), Token))
        {
            past.Add(price);
        }

        Assert.Equal([Start.AddMinutes(1), Start.AddMinutes(2)], past.Select(price => price.ObservedAt!.Value).Distinct());
        Assert.Equal((await FetchAsync(provider, Start.AddMinutes(2))).Select(price => price.Price), past.Skip(3).Select(price => price.Price));
    }

    [Fact]
    public void Options_FromConfiguration_OverrideCodeAndAreValidated()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("Tracera:Providers:simulated:ItemCount", "0")]).Build());
        services.AddTracera().AddSimulated(configure: options => options.ItemCount = 7);
        using var built = services.BuildServiceProvider();
        var fault = Assert.Throws<OptionsValidationException>(() => built.GetRequiredService<IStartupValidator>().Validate());
        Assert.Contains("Tracera:Providers:simulated:ItemCount is '0'; allowed: 1 to 1000000.", fault.Message, StringComparison.Ordinal);
    }

    private static double VarianceOver(double seconds) => Enumerable.Range(0, 4_000).Average(i =>
        Math.Pow(SimulatedPath.DeviationAt(SimulatedNoise.Hash(2, i), (i * 997.3) + seconds, 0.02) - SimulatedPath.DeviationAt(SimulatedNoise.Hash(2, i), i * 997.3, 0.02), 2));

    private static FetchContext Context(DateTimeOffset at) => new("simulated", RunId.New(at), at, new ProviderOptions());

    private static async Task<List<RawPrice>> FetchAsync(SimulatedProvider provider, DateTimeOffset at)
    {
        var prices = new List<RawPrice>();
        await foreach (var price in provider.FetchAsync(Context(at), Token))
        {
            prices.Add(price);
        }

        return prices;
    }

    private static async Task<int> DrainAsync(SimulatedProvider provider, DateTimeOffset at)
    {
        var rows = 0;
        await foreach (var price in provider.FetchAsync(Context(at), Token))
        {
            rows++;
        }

        return rows;
    }

    private static async Task<List<List<RawPrice>>> RunAsync(SimulatedOptions options, int cycles, TimeSpan interval)
    {
        var provider = new SimulatedProvider(options);
        var all = new List<List<RawPrice>>();
        for (var i = 0; i < cycles; i++)
        {
            all.Add(await FetchAsync(provider, Start + (i * interval)));
        }

        return all;
    }
}
