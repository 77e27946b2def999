namespace Tracera.Benchmarks;

/// <summary>Makes names, sources and ticks of the kind that venues answer.</summary>
internal static class Names
{
    public const int Items = 10_000;
    public const string Category = "load:core";
    public static readonly SourceDescriptor Market = new("load", Currency.Usd);

    /// <summary>Rows of one cycle; every name is a string of its own.</summary>
    public static RawPrice[] Rows() =>
        [.. Enumerable.Range(0, Items).Select(item => new RawPrice(Category, $"Weapon {item % 37} | Finish {item * 7919L % 100_003} (Field-Tested)", Price(item), Market))];

    /// <summary>Ticks of one cycle.</summary>
    public static PriceTick[] Ticks(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new PriceTick(new ItemId(i + 1), new SourceId(1), Price(i), null, 1_700_000_000_000_000, 1_700_000_000_000_000 + i))];

    /// <summary>A batch of ticks.</summary>
    public static PriceBatch Batch(int count) => new(Guid.CreateVersion7(), RunId.New(DateTimeOffset.UtcNow), "load", Ticks(count));

    private static decimal Price(int item) => new(1 + (item * 7919 % 500_000), 0, 0, isNegative: false, scale: 2);
}
