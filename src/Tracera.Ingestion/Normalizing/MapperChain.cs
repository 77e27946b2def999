namespace Tracera.Ingestion;

/// <summary>Several mappers one after the other, in order of registration: each is given what the one before it meant.</summary>
internal sealed class MapperChain(IReadOnlyList<IItemMapper> mappers) : IItemMapper
{
    public ItemKey Map(string provider, ItemKey key)
    {
        foreach (var mapper in mappers)
        {
            key = mapper.Map(provider, key);
        }

        return key;
    }
}
