using Microsoft.Extensions.Logging;

namespace Tracera.Ingestion;

/// <summary>Asks the mapper what new names mean. One that it fails on, or answers with no name, takes no other with it. Not thread-safe.</summary>
internal sealed class GuardedMapper(string provider, IItemMapper? mapper, PriceChecks checks, ILogger logger)
{
    private readonly HashSet<ItemKey> _refused = new(new ItemKeyComparer());

    /// <summary>Maps names.</summary>
    /// <param name="keys">The names; those that have no meaning are taken out.</param>
    /// <returns>What the others mean, in their order.</returns>
    public List<ItemKey> Map(List<ItemKey> keys)
    {
        _refused.Clear();
        if (mapper is null)
        {
            return keys;
        }

        var meant = new List<ItemKey>(keys.Count);
        keys.RemoveAll(key =>
        {
            if (TryMap(key) is not { } meaning)
            {
                return _refused.Add(key);
            }

            meant.Add(meaning);
            return false;
        });
        return meant;
    }

    /// <summary>What a name means cannot be kept: until the next call of <see cref="Map"/> it counts as one without a meaning.</summary>
    public void Refuse(ItemKey key) => _refused.Add(key);

    /// <summary>Whether the last call of <see cref="Map"/> found no meaning for a row's name, or one that could not be kept.</summary>
    public bool HasRefused(in RawPrice raw) => _refused.Count > 0 && _refused.Contains(new ItemKey(raw.Category, raw.Name));

    private ItemKey? TryMap(ItemKey key)
    {
        Exception? fault = null;
        try
        {
            var meaning = mapper!.Map(provider, key);
            if (checks.IsKept(meaning))
            {
                return meaning;
            }
        }
        catch (Exception error)
        {
            fault = error;
        }

        if (_refused.Count == 0)
        {
            NormalizerLog.NotMapped(logger, fault, key.Name, provider);
        }

        return null;
    }
}
