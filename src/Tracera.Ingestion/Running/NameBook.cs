namespace Tracera.Ingestion;

/// <summary>The names that one provider's cycles have learnt: kept from cycle to cycle, and begun anew when the table of aliases has changed.</summary>
internal sealed class NameBook(AliasTable table, Func<AliasSet, PriceNormalizer> begin)
{
    private PriceNormalizer _names = begin(AliasSet.None);
    private int _version = AliasSet.None.Version;

    /// <summary>Opens the book for one cycle.</summary>
    /// <returns>The names; null while the table of aliases is not known.</returns>
    public async ValueTask<PriceNormalizer?> OpenAsync(CancellationToken cancellationToken)
    {
        if (await table.GetAsync(cancellationToken).ConfigureAwait(false) is not { } set)
        {
            return null;
        }

        if (_version != set.Version)
        {
            (_version, _names) = (set.Version, begin(set));
        }

        return _names;
    }
}
