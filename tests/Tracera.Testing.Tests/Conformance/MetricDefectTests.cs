namespace Tracera.Testing.Tests;

public sealed class MetricDefectTests
{
    private static readonly Dictionary<string, Func<IVolatilityMetric>> Defects = new()
    {
        ["metric.fields/none"] = () => new FaultyMetric { Fields = [] },
        ["metric.fields/case"] = () => new FaultyMetric { Fields = ["percentChange"] },
        ["metric.fields/line end"] = () => new FaultyMetric { Fields = ["one\n"] },
        ["metric.fields/reserved"] = () => new FaultyMetric { Fields = ["mean"] },
        ["metric.fields/reserved group"] = () => new FaultyMetric { Fields = ["rank.top"] },
        ["metric.fields/number and group"] = () => new FaultyMetric { Fields = ["band", "band.upper"] },
        ["metric.fields/twice"] = () => new FaultyMetric { Fields = ["one", "one"] },
        ["metric.fills_every_place/last"] = () => new FaultyMetric { Fields = ["one", "two"], Figures = (in MetricInput _, Span<double> values) => values[0] = 1 },
        ["metric.answers_every_input/empty"] = () => new FaultyMetric { Figures = (in MetricInput input, Span<double> values) => values[0] = (double)input.Bars[0].Open },
        ["metric.answers_every_input/zero"] = () => new FaultyMetric { Figures = (in MetricInput input, Span<double> values) => values[0] = (double)((input.Last ?? 1) / (input.First ?? 1)) },
        ["metric.nan_for_missing/infinite"] = () => new FaultyMetric { Figures = (in MetricInput input, Span<double> values) => values[0] = 1 / (double)input.Moments.Count },
        ["metric.nan_for_missing/zero"] = () => new FaultyMetric { Figures = (in MetricInput input, Span<double> values) => values[0] = input.Bars.IsEmpty ? 0 : (double)input.Bars[0].Open },
        ["metric.pure/counter"] = Counting,
        ["metric.thread_safe/field"] = Sharing,
        ["metric.allocates_nothing/array"] = () => new FaultyMetric { Figures = (in MetricInput input, Span<double> values) => values[0] = input.Bars.ToArray().Length },
    };

    public static TheoryData<string> Names => [.. Defects.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Metric_WithADefect_BreaksItsRule(string name) =>
        await Kits.ExpectBrokenAsync(RuleOf(name), token => MetricConformance.For(Defects[name]()).VerifyAsync(token));

    [Fact]
    public void Rules_All_HaveADefect() => Assert.Equal(MetricRules.All.ToHashSet(), Defects.Keys.Select(RuleOf).ToHashSet());

    [Fact]
    public Task Metric_WithNamesThatAHostTakes_KeepsEveryRule() =>
        MetricConformance.For(new FaultyMetric { Fields = ["a__b", "a_", "b.c_"] }).VerifyAsync(TestContext.Current.CancellationToken);

    [Fact]
    public async Task Metric_ThatThrowsForOneInput_IsToldWhichAndNothingElse()
    {
        var error = await Assert.ThrowsAsync<ConformanceException>(() => MetricConformance.For(ThrowingForMany()).VerifyAsync(TestContext.Current.CancellationToken));

        Assert.Equal(
            (MetricRules.AnswersEveryInput, "It threw InvalidOperationException for prices that swing in 1h: too many"),
            (Assert.Single(error.Broken).Rule, error.Broken[0].Detail));
    }

    [Fact]
    public Task Metric_ThatThrowsForOneInputOnPurpose_IsHeldAgainstTheOthers() =>
        MetricConformance.For(ThrowingForMany()).Except(MetricRules.AnswersEveryInput, "Nobody asks for so many.").VerifyAsync(TestContext.Current.CancellationToken);

    [Fact]
    public Task Metric_OfAPlainDecimalMean_KeepsEveryRule() => MetricConformance.For(new FaultyMetric
    {
        Figures = (in MetricInput input, Span<double> values) =>
        {
            var sum = 0m;
            foreach (var bar in input.Bars)
            {
                sum += bar.Close;
            }

            values[0] = input.Bars.IsEmpty ? double.NaN : (double)(sum / input.Bars.Length);
        },
    }).VerifyAsync(TestContext.Current.CancellationToken);

    [Fact]
    public Task Metric_ThatCounts_ExceptsTheRuleOfWhatDoesNotExist() => MetricConformance
        .For(new FaultyMetric { Figures = (in MetricInput input, Span<double> values) => values[0] = input.Bars.Length })
        .Except(MetricRules.NaNForMissing, "A count of nothing is 0.")
        .VerifyAsync(TestContext.Current.CancellationToken);

    private static FaultyMetric ThrowingForMany() => new()
    {
        Figures = (in MetricInput input, Span<double> values) =>
            values[0] = input.Moments.Count switch { 60 => throw new InvalidOperationException("too many"), 0 => double.NaN, _ => 1 },
    };

    private static ConformanceRule RuleOf(string name) => MetricRules.All.Single(rule => rule.Id == name.Split('/')[0]);

    private static FaultyMetric Counting()
    {
        var calls = 0;
        return new FaultyMetric { Figures = (in MetricInput _, Span<double> values) => values[0] = calls++ };
    }

    // A scratch field that another thread writes in between: alone it gives the right answer.
    private static FaultyMetric Sharing()
    {
        var scratch = 0d;
        return new FaultyMetric
        {
            Figures = (in MetricInput input, Span<double> values) =>
            {
                Volatile.Write(ref scratch, input.Moments.Count);
                Thread.Yield();
                values[0] = Volatile.Read(ref scratch);
            },
        };
    }
}
