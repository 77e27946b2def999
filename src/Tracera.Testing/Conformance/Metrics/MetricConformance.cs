namespace Tracera.Testing;

/// <summary>Checks that a metric keeps the contract of <see cref="IVolatilityMetric"/>.</summary>
/// <remarks>
/// From a test of any framework; a metric that breaks a rule of <see cref="MetricRules"/> makes it throw:
/// <code>
/// await MetricConformance.For(new SpreadMetric()).VerifyAsync();
/// </code>
/// </remarks>
public sealed class MetricConformance
{
    private readonly IVolatilityMetric _metric;
    private readonly ConformanceSettings _settings = new();

    private MetricConformance(IVolatilityMetric metric) => _metric = metric;

    /// <summary>Begins with a metric.</summary>
    /// <param name="metric">The metric.</param>
    /// <returns>The kit.</returns>
    public static MetricConformance For(IVolatilityMetric metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return new MetricConformance(metric);
    }

    /// <summary>Begins with a new metric.</summary>
    /// <typeparam name="TMetric">The metric.</typeparam>
    /// <returns>The kit.</returns>
    public static MetricConformance For<TMetric>()
        where TMetric : IVolatilityMetric, new() => For(new TMetric());

    /// <summary>Leaves a rule out, because the metric breaks it on purpose.</summary>
    /// <param name="rule">One of <see cref="MetricRules"/>.</param>
    /// <param name="reason">Why, for whoever reads the test.</param>
    /// <returns>This kit.</returns>
    public MetricConformance Except(ConformanceRule rule, string reason)
    {
        _settings.Except(rule, reason);
        return this;
    }

    /// <summary>Sets how long one check may take. Default: 30 s.</summary>
    /// <param name="span">The span, above zero.</param>
    /// <returns>This kit.</returns>
    public MetricConformance Within(TimeSpan span)
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
        foreach (var (rule, check) in MetricChecks.All)
        {
            await findings.CheckAsync(rule, own => own.StepAsync(() => check(new MetricChecks(_metric, own)), "The check")).ConfigureAwait(false);
        }

        findings.ThrowIfBroken(_metric.GetType().Name);
    }
}
