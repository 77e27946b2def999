using Microsoft.Extensions.Options;

namespace Tracera.Registration;

/// <summary>Refuses bad values, and names that were registered twice.</summary>
internal sealed class TraceraOptionsValidator(
    IEnumerable<ProviderRegistration> providers,
    IEnumerable<SinkRegistration> sinks,
    IEnumerable<ComponentRegistration> components) : IValidateOptions<TraceraOptions>
{
    private const int MaxInstanceNameLength = 100;
    private static readonly TimeSpan MaxDrainTimeout = TimeSpan.FromMinutes(10);

    public static string BadDrainTimeout(object value) =>
        new OptionFaults(TraceraOptions.SectionName).Require(false, nameof(TraceraOptions.DrainTimeout), value, "00:00:00 to 00:10:00").Lines[0];

    public ValidateOptionsResult Validate(string? name, TraceraOptions options)
    {
        var faults = new List<string>(
            new OptionFaults(TraceraOptions.SectionName)
                .Require(
                    options.InstanceName is { Length: > 0 and <= MaxInstanceNameLength },
                    nameof(options.InstanceName),
                    options.InstanceName,
                    "1 to 100 characters")
                .Lines);
        if (options.DrainTimeout < TimeSpan.Zero || options.DrainTimeout > MaxDrainTimeout)
        {
            faults.Add(BadDrainTimeout(options.DrainTimeout));
        }

        faults.AddRange(Repeated("provider", providers.Select(provider => provider.Name)));
        faults.AddRange(Repeated("sink", sinks.Select(sink => sink.Name)));
        faults.AddRange(Repeated("component", components.Select(component => component.Name)));
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Repeated(string kind, IEnumerable<string> names) =>
        names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1)
            .Select(group => $"The {kind} name '{group.Key}' is registered {group.Count()} times; each {kind} needs a name of its own.");
}
