namespace Tracera.Testing;

/// <summary>Checks that a bus of live updates keeps the contracts of <see cref="IUpdateSource"/>, <see cref="IUpdatePublisher"/> and <see cref="ISnapshotReader"/>.</summary>
/// <remarks>
/// From a test of any framework; a bus that breaks a rule of <see cref="BusRules"/> makes it throw:
/// <code>
/// await BusConformance.For(() =>
/// {
///     var bus = new InMemoryUpdateBus(capacity: 8);
///     return new BusUnderTest { Sink = bus, Publisher = bus, Source = bus, Snapshots = bus, WritesThatOverflow = 20 };
/// }).VerifyAsync();
/// </code>
/// </remarks>
public sealed class BusConformance
{
    private readonly Func<CancellationToken, ValueTask<BusUnderTest>> _open;
    private readonly ConformanceSettings _settings = new();

    private BusConformance(Func<CancellationToken, ValueTask<BusUnderTest>> open) => _open = open;

    /// <summary>Begins with a bus.</summary>
    /// <param name="open">Makes an empty bus; called once for each check.</param>
    /// <returns>The kit.</returns>
    public static BusConformance For(Func<BusUnderTest> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        return new BusConformance(_ => new(open()));
    }

    /// <summary>Begins with a bus whose making takes time.</summary>
    /// <param name="open">Makes an empty bus; called once for each check.</param>
    /// <returns>The kit.</returns>
    public static BusConformance For(Func<CancellationToken, ValueTask<BusUnderTest>> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        return new BusConformance(open);
    }

    /// <summary>Leaves a rule out, because the bus breaks it on purpose.</summary>
    /// <param name="rule">One of <see cref="BusRules"/>.</param>
    /// <param name="reason">Why, for whoever reads the test.</param>
    /// <returns>This kit.</returns>
    public BusConformance Except(ConformanceRule rule, string reason)
    {
        _settings.Except(rule, reason);
        return this;
    }

    /// <summary>Sets how long one step may take: one read, one write, one publication. Default: 30 s.</summary>
    /// <param name="span">The span, above zero.</param>
    /// <returns>This kit.</returns>
    public BusConformance Within(TimeSpan span)
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
        foreach (var (rule, check) in BusListenerChecks.All.Concat(BusSnapshotChecks.All))
        {
            await findings.CheckAsync(rule, own => UseAsync(check, own)).ConfigureAwait(false);
        }

        findings.ThrowIfBroken("The bus");
    }

    private async Task UseAsync(Func<BusBench, Task> check, Findings findings)
    {
        var bus = await _open(findings.Token).ConfigureAwait(false);
        try
        {
            await check(new BusBench(bus, findings)).ConfigureAwait(false);
        }
        finally
        {
            if (bus.Close is { } close)
            {
                await close().ConfigureAwait(false);
            }
        }
    }
}
