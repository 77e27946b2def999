using Microsoft.Extensions.Options;

namespace Tracera.Ingestion;

/// <summary>What an alias may be: names that the pipeline takes, of a provider that there is. Thread-safe.</summary>
internal sealed class AliasRules(IOptions<IngestionOptions> options, IEnumerable<ProviderRegistration> providers)
{
    private readonly List<string> _known = [.. providers.Select(provider => provider.Name).Order(StringComparer.Ordinal)];

    /// <summary>Says why a name cannot be one of an alias.</summary>
    /// <returns>A sentence; null when it can.</returns>
    public string? FaultOf(ItemKey key) =>
        Checks() is { } checks && !checks.IsKept(key) ? $"'{key}' cannot be an item; allowed: {checks.NamesAllowed}." : null;

    /// <summary>Says what is wrong with the aliases of a file, a line a fault.</summary>
    public IEnumerable<string> FaultsOf(IReadOnlyList<AliasLine> aliases) => [.. aliases.SelectMany(OwnFaults), .. Contradictions(aliases), .. Chains(aliases)];

    private IEnumerable<string> OwnFaults(AliasLine alias)
    {
        if (!string.IsNullOrEmpty(alias.Provider) && !_known.Contains(alias.Provider, StringComparer.Ordinal))
        {
            yield return $"{alias.Place}: '{alias.Provider}' is no provider of this host; allowed: one of {(_known.Count == 0 ? "none" : string.Join(", ", _known))}, or nothing for all.";
        }

        if (!IsWhole(alias))
        {
            yield return $"{alias.Place}: the alias of '{alias.From}' to '{alias.To}' needs a category, an alias and a name.";
            yield break;
        }

        foreach (var fault in new[] { alias.From, alias.To }.Select(FaultOf).OfType<string>())
        {
            yield return $"{alias.Place}: {fault}";
        }
    }

    private static IEnumerable<string> Contradictions(IReadOnlyList<AliasLine> aliases)
    {
        var known = new Dictionary<(string Provider, ItemKey From), ItemKey>();
        foreach (var alias in aliases.Where(IsWhole))
        {
            if (!known.TryAdd((alias.Provider ?? "", alias.From), alias.To) && known[(alias.Provider ?? "", alias.From)] is var other && other != alias.To)
            {
                yield return $"{alias.Place}: '{alias.From}' is mapped to '{other}' and to '{alias.To}'.";
            }
        }
    }

    // One step only, so that a merge can be undone by taking its line out.
    private static IEnumerable<string> Chains(IReadOnlyList<AliasLine> aliases)
    {
        var byName = aliases.ToLookup(alias => alias.From);
        return aliases
            .Where(alias => alias.From != alias.To && byName[alias.To].Any(other => other.To != alias.To && Meets(other, alias)))
            .Select(alias => $"{alias.Place}: '{alias.From}' is mapped to '{alias.To}', which is an alias itself.");
    }

    private static bool IsWhole(AliasLine alias) => !string.IsNullOrEmpty(alias.Category) && !string.IsNullOrEmpty(alias.Alias) && !string.IsNullOrEmpty(alias.Name);

    private static bool Meets(AliasLine left, AliasLine right) =>
        string.IsNullOrEmpty(left.Provider) || string.IsNullOrEmpty(right.Provider) || left.Provider == right.Provider;

    // None where the options of the ingestion are at fault themselves, which is said there.
    private PriceChecks? Checks()
    {
        try
        {
            return new PriceChecks(options.Value);
        }
        catch (OptionsValidationException)
        {
            return null;
        }
    }
}
