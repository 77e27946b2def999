using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Tracera.Ingestion;

/// <summary>Refuses a host whose parts do not fit: no store, not one durable sink, a section for something that is not registered.</summary>
internal sealed class CompositionValidator(
    IServiceProvider services,
    IEnumerable<ProviderRegistration> providers,
    IEnumerable<SinkRegistration> sinks) : IValidateOptions<IngestionOptions>
{
    private const string AddAStore = "add a store, for example AddSqlite()";
    private static readonly Type[] FromTheStore = [typeof(IItemCatalog), typeof(IRunLog), typeof(IProviderLeases)];

    public ValidateOptionsResult Validate(string? name, IngestionOptions options)
    {
        List<string> faults =
        [
            .. Unknown(ProviderOptions.SectionName, "provider", providers.Select(provider => provider.Name)),
            .. Unknown(SinkOptionsValidator.SectionName, "sink", sinks.Select(sink => sink.Name)),
            .. MissingParts(),
            .. DurableSinks(),
        ];
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private IEnumerable<string> Unknown(string path, string kind, IEnumerable<string> names)
    {
        var known = names.Order(StringComparer.OrdinalIgnoreCase).ToList();
        return (services.GetService<IConfiguration>()?.GetSection(path).GetChildren() ?? [])
            .Where(section => !known.Contains(section.Key, StringComparer.OrdinalIgnoreCase))
            .Select(section =>
                $"{section.Path} is for a {kind} that is not registered; known: {(known.Count == 0 ? "none" : string.Join(", ", known))}.");
    }

    private IEnumerable<string> MissingParts()
    {
        var registered = services.GetRequiredService<IServiceProviderIsService>();
        return FromTheStore.Where(type => !registered.IsService(type)).Select(type => $"No {type.Name} is registered; {AddAStore}.");
    }

    private IEnumerable<string> DurableSinks()
    {
        var durable = sinks.Where(sink => sink.IsDurable).Select(sink => sink.Name).ToList();
        return durable.Count switch
        {
            1 => [],
            0 => [$"No durable sink is registered; {AddAStore}."],
            _ => [$"The sinks {string.Join(", ", durable)} are all durable; exactly one sink of a host may be."],
        };
    }
}
