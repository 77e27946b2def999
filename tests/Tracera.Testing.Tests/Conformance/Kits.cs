namespace Tracera.Testing.Tests;

/// <summary>The doubles of the package under the kits, whole or with one part replaced by a faulty one.</summary>
internal static class Kits
{
    public static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);

    public static StoreConformance Store(Func<InMemoryStore, StoreUnderTest> open) => StoreConformance.For(() => open(new InMemoryStore()));

    public static StoreUnderTest Whole(InMemoryStore store) => new()
    {
        Sink = store.History,
        History = store.History,
        Catalog = store.Catalog,
        Runs = store.Runs,
        Leases = store.Leases,
        Aliases = store.Aliases,
        Backfills = store.Backfills,
        DeadLetters = store.DeadLetters,
    };

    public static BusUnderTest Whole(InMemoryUpdateBus bus) => new() { Sink = bus, Publisher = bus, Source = bus, Snapshots = bus, WritesThatOverflow = 60 };

    /// <summary>Runs a kit that must find a rule broken, and gives what it says.</summary>
    public static async Task<ConformanceException> ExpectBrokenAsync(ConformanceRule rule, Func<CancellationToken, Task> verify)
    {
        var error = await Assert.ThrowsAsync<ConformanceException>(() => verify(TestContext.Current.CancellationToken));
        Assert.Contains(rule, error.Broken.Select(broken => broken.Rule));
        Assert.Contains(rule.Id, error.Message, StringComparison.Ordinal);
        Assert.Contains(rule.Contract, error.Message, StringComparison.Ordinal);
        return error;
    }
}
