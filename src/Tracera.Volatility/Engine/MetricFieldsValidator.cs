using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Tracera.Shared;

namespace Tracera.Volatility.Engine;

/// <summary>Refuses metrics whose figures cannot stand beside each other in one answer, at start and by name.</summary>
/// <remarks>It hangs on <see cref="TraceraOptions"/>, because metrics may themselves need <see cref="VolatilityOptions"/>.</remarks>
internal sealed class MetricFieldsValidator(IServiceProvider services) : IValidateOptions<TraceraOptions>
{
    public ValidateOptionsResult Validate(string? name, TraceraOptions options)
    {
        var faults = Faults(services.GetRequiredService<MetricSet>().Metrics).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(IEnumerable<IVolatilityMetric> metrics)
    {
        var owners = new Dictionary<string, IVolatilityMetric>();
        foreach (var metric in metrics)
        {
            if (metric.Fields.Count == 0)
            {
                yield return $"The metric {Name(metric)} names no field; a metric needs at least one.";
            }

            foreach (var field in metric.Fields)
            {
                if (Fault(metric, field, owners) is { } fault)
                {
                    yield return fault;
                }

                owners.TryAdd(field, metric);
            }
        }
    }

    private static string? Fault(IVolatilityMetric metric, string field, Dictionary<string, IVolatilityMetric> owners)
    {
        if (!MetricFieldRules.IsName(field))
        {
            return $"The field '{field}' of the metric {Name(metric)} is not allowed; allowed are snake_case names, nested by dots, such as 'my_band.upper'.";
        }

        if (MetricFieldRules.IsReserved(field))
        {
            return $"The field '{field}' of the metric {Name(metric)} is not allowed: every answer has a field of that name already.";
        }

        var rival = owners.Keys.FirstOrDefault(known => MetricFieldRules.Exclude(known, field));
        return rival switch
        {
            null => null,
            _ when rival == field => $"The field '{field}' is computed by the metrics {Name(owners[rival])} and {Name(metric)}; each field needs one metric.",
            _ => $"The field '{field}' of the metric {Name(metric)} and the field '{rival}' of {Name(owners[rival])} exclude each other: one would be both a number and a group.",
        };
    }

    private static string Name(IVolatilityMetric metric) => metric.GetType().Name;
}
