namespace Tracera.Testing;

/// <summary>
/// Checks that a durable store keeps the contracts of <see cref="IPriceSink"/>, <see cref="IPriceHistory"/>, <see cref="IItemCatalog"/>, <see cref="IItemAliasStore"/>,
/// <see cref="IRunLog"/>, <see cref="IProviderLeases"/> and <see cref="IDeadLetterLog"/>.
/// </summary>
/// <remarks>
/// From a test of any framework; a store that breaks a rule of <see cref="StoreRules"/> makes it throw:
/// <code>
/// await StoreConformance.For(() =>
/// {
///     var store = new InMemoryStore();
///     return new StoreUnderTest
///     {
///         Sink = store.History, History = store.History, Catalog = store.Catalog, Runs = store.Runs, Leases = store.Leases,
///         Aliases = store.Aliases, DeadLetters = store.DeadLetters, Backfills = store.Backfills,
///     };
/// }).Except(StoreTickRules.Durable, "What is in memory is gone with it.").VerifyAsync();
/// </code>
/// A rule about a part that is not set is reported like a broken one, because it cannot be looked at: except it and say why.
/// </remarks>
public sealed class StoreConformance
{
    private readonly Func<CancellationToken, ValueTask<StoreUnderTest>> _open;
    private readonly ConformanceSettings _settings = new();

    private StoreConformance(Func<CancellationToken, ValueTask<StoreUnderTest>> open) => _open = open;

    /// <summary>Begins with a store.</summary>
    /// <param name="open">Makes an empty store; called once for each check.</param>
    /// <returns>The kit.</returns>
    public static StoreConformance For(Func<StoreUnderTest> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        return new StoreConformance(_ => new(open()));
    }

    /// <summary>Begins with a store whose opening takes time.</summary>
    /// <param name="open">Makes an empty store; called once for each check.</param>
    /// <returns>The kit.</returns>
    public static StoreConformance For(Func<CancellationToken, ValueTask<StoreUnderTest>> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        return new StoreConformance(open);
    }

    /// <summary>Leaves a rule out, because the store breaks it on purpose.</summary>
    /// <param name="rule">One of <see cref="StoreRules"/>.</param>
    /// <param name="reason">Why, for whoever reads the test.</param>
    /// <returns>This kit.</returns>
    public StoreConformance Except(ConformanceRule rule, string reason)
    {
        _settings.Except(rule, reason);
        return this;
    }

    /// <summary>Sets how long one check may take. Default: 30 s.</summary>
    /// <param name="span">The span, above zero.</param>
    /// <returns>This kit.</returns>
    public StoreConformance Within(TimeSpan span)
    {
        _settings.SetWithin(span);
        return this;
    }

    /// <summary>Runs every check.</summary>
    /// <param name="cancellationToken">Ends the verification.</param>
    /// <returns>A task that ends when every rule is kept.</returns>
    /// <exception cref="ConformanceException">Rules are broken; the message names them all.</exception>
    public async Task VerifyAsync(CancellationToken cancellationToken = default)
    {
        var findings = new Findings(_settings, cancellationToken);
        var checks = StoreTickChecks.All
            .Concat(StoreBarChecks.All)
            .Concat(StoreReadChecks.All)
            .Concat(StoreWindowChecks.All)
            .Concat(StoreCatalogChecks.All)
            .Concat(StoreAliasChecks.All)
            .Concat(StoreRunChecks.All)
            .Concat(StoreLeaseChecks.All)
            .Concat(StoreDeadLetterChecks.All)
            .Concat(StoreBackfillChecks.All);
        foreach (var (rule, check) in checks)
        {
            await findings.CheckAsync(rule, own => own.StepAsync(() => UseAsync(check, own), "The check")).ConfigureAwait(false);
        }

        findings.ThrowIfBroken("The store");
    }

    private async Task UseAsync(Func<StoreBench, Task> check, Findings findings)
    {
        var bench = new StoreBench(await _open(findings.Token).ConfigureAwait(false), findings);
        try
        {
            await check(bench).ConfigureAwait(false);
        }
        finally
        {
            if (bench.Store.Close is { } close)
            {
                await close().ConfigureAwait(false);
            }
        }
    }
}
