using Tracera.Shared;

namespace Tracera.Testing;

/// <summary>The checks of a metric.</summary>
internal sealed class MetricChecks(IVolatilityMetric metric, IReadOnlyList<MetricCase> inputs, Findings findings)
{
    private const int Rounds = 64;
    private const double Untouched = -123_456.789;

    /// <summary>The checks of inputs that are answered.</summary>
    public static IReadOnlyList<(ConformanceRule Rule, Func<MetricChecks, Task> Check)> All { get; } =
    [
        (MetricRules.Pure, checks => checks.PureAsync()),
        (MetricRules.ThreadSafe, checks => checks.ThreadSafeAsync()),
        (MetricRules.AllocatesNothing, checks => checks.AllocationAsync()),
    ];

    public Task FieldsAsync()
    {
        var fields = metric.Fields;
        findings.Expect(MetricRules.Fields, fields.Count > 0, "There is no field.");
        for (var i = 0; i < fields.Count; i++)
        {
            var field = fields[i];
            findings.Expect(MetricRules.Fields, MetricFieldRules.IsName(field), $"'{field}' is not in snake case (letters, digits and _; a dot nests).");
            findings.Expect(MetricRules.Fields, !MetricFieldRules.IsReserved(field), $"'{field}' is the name of a field that every answer has already.");
            var rival = fields.Take(i).FirstOrDefault(known => MetricFieldRules.Exclude(known, field));
            findings.Expect(MetricRules.Fields, rival is null, $"'{rival}' and '{field}' exclude each other: a name stands twice, or would be both a number and a group.");
        }

        findings.ExpectSame(MetricRules.Fields, fields, metric.Fields, "Fields read again");
        return Task.CompletedTask;
    }

    /// <summary>Computes each input once, and says which of them are answered.</summary>
    public IReadOnlyList<MetricCase> Answered()
    {
        var answered = new List<MetricCase>();
        foreach (var input in inputs)
        {
            try
            {
                input.Compute(metric, Filled(Untouched));
                answered.Add(input);
            }
            catch (Exception exception)
            {
                findings.Expect(MetricRules.AnswersEveryInput, false, $"It threw {exception.GetType().Name} for {input.Name}: {exception.Message}");
            }
        }

        return answered;
    }

    public Task FiguresAsync()
    {
        foreach (var input in inputs)
        {
            var (first, second) = (Filled(Untouched), Filled(-Untouched));
            input.Compute(metric, first);
            input.Compute(metric, second);
            for (var i = 0; i < first.Length; i++)
            {
                findings.Expect(
                    MetricRules.FillsEveryPlace,
                    first[i] != Untouched || second[i] != -Untouched,
                    $"{metric.Fields[i]} is left as it was for {input.Name}.");
                findings.Expect(MetricRules.NaNForMissing, !double.IsInfinity(first[i]), $"{metric.Fields[i]} is {first[i]} for {input.Name}.");
                findings.Expect(
                    MetricRules.NaNForMissing,
                    !input.IsEmpty || double.IsNaN(first[i]),
                    $"{metric.Fields[i]} is {first[i]} for {input.Name}, where it does not exist. Where it does, as a count of ticks, except the rule and say why.");
            }
        }

        return Task.CompletedTask;
    }

    // Every input again, backwards, after all others and in other memory.
    private Task PureAsync()
    {
        var before = inputs.Select(Values).ToList();
        for (var i = inputs.Count - 1; i >= 0; i--)
        {
            var again = Filled(Untouched);
            inputs[i].ComputeOnCopy(metric, again);
            findings.Expect(
                MetricRules.Pure, Same(before[i], again), $"{inputs[i].Name} gave {Show(before[i])} first and {Show(again)} after other inputs.");
        }

        return Task.CompletedTask;
    }

    private async Task ThreadSafeAsync()
    {
        var alone = inputs.Select(Values).ToList();
        using var start = new Barrier(4);
        var threads = Enumerable.Range(0, 4).Select(lane => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait(findings.Token);
                for (var round = 0; round < Rounds; round++)
                {
                    findings.Token.ThrowIfCancellationRequested();
                    CompareAll(alone, lane * 7);
                }
            },
            findings.Token,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default));
        await Task.WhenAll(threads).ConfigureAwait(false);
    }

    private Task AllocationAsync()
    {
        var values = Filled(0);
        foreach (var input in inputs)
        {
            input.Compute(metric, values);
        }

        foreach (var input in inputs)
        {
            var least = Enumerable.Range(0, 3).Min(_ => AllocatedBy(input, values));
            findings.Expect(MetricRules.AllocatesNothing, least == 0, $"{least} bytes in {Rounds} calls for {input.Name}.");
        }

        return Task.CompletedTask;
    }

    private static string Show(double[] values) => string.Join(", ", values);

    private static bool Same(double[] left, double[] right) => left.AsSpan().SequenceEqual(right);

    private long AllocatedBy(MetricCase input, double[] values)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Rounds; i++)
        {
            input.Compute(metric, values);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private void CompareAll(List<double[]> alone, int offset)
    {
        var values = Filled(Untouched);
        for (var i = 0; i < alone.Count; i++)
        {
            var at = (i + offset) % alone.Count;
            inputs[at].Compute(metric, values);
            findings.Expect(
                MetricRules.ThreadSafe, Same(alone[at], values), $"{inputs[at].Name} gave {Show(alone[at])} alone and {Show(values)} beside other threads.");
        }
    }

    private double[] Values(MetricCase input)
    {
        var values = Filled(Untouched);
        input.Compute(metric, values);
        return values;
    }

    private double[] Filled(double value)
    {
        var values = new double[metric.Fields.Count];
        values.AsSpan().Fill(value);
        return values;
    }
}
