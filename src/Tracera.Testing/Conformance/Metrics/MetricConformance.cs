namespace Tracera.Testing;

/// <summary>Checks that a metric keeps the contract of <see cref="IVolatilityMetric"/>.</summary>
/// <remarks>
/// From a test of any framework; a metric that breaks a rule of <see cref="MetricRules"/> makes it throw:
/// <code>
/// await MetricConformance.For(new SpreadMetric()).VerifyAsync();
/// </code>
/// Its inputs are windows without a tick, with a few and with many, that stand still, rise and swing, with prices of up to 15 digits before the point and 12 behind it, as
/// ingestion takes them by default, and with prices of zero. Of a metric that throws for one of them nothing else is looked at, unless
/// <see cref="MetricRules.AnswersEveryInput"/> is excepted.
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
        IReadOnlyList<MetricCase> answered = [];
        await findings.CheckAsync(MetricRules.Fields, Step(checks => checks.FieldsAsync())).ConfigureAwait(false);
        await findings.RunAsync(
            MetricRules.AnswersEveryInput,
            own => own.StepAsync(() => Task.FromResult(answered = new MetricChecks(_metric, MetricCase.All, own).Answered()), "The check")).ConfigureAwait(false);

        // What fails for one input would fail everything else again.
        if (answered.Count == MetricCase.All.Count || !findings.Holds(MetricRules.AnswersEveryInput))
        {
            await findings.RunAsync(MetricRules.FillsEveryPlace, Step(checks => checks.FiguresAsync())).ConfigureAwait(false);
            foreach (var (rule, check) in MetricChecks.All)
            {
                await findings.CheckAsync(rule, Step(check)).ConfigureAwait(false);
            }
        }

        findings.ThrowIfBroken(_metric.GetType().Name);

        Func<Findings, Task> Step(Func<MetricChecks, Task> check) => own => own.StepAsync(() => check(new MetricChecks(_metric, answered, own)), "The check");
    }
}
