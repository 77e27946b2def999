using System.Collections;
using System.Collections.Frozen;

namespace Tracera.AspNetCore;

/// <summary>Ticks, each with its source beside it, without a copy of them. Every source must be known.</summary>
internal sealed class NamedTicks(IReadOnlyList<PriceTick> ticks, FrozenDictionary<SourceId, Source> sources) : IReadOnlyList<SourcedTick>
{
    public int Count => ticks.Count;

    public SourcedTick this[int index]
    {
        get
        {
            var tick = ticks[index];
            return new SourcedTick(tick, sources[tick.Source]);
        }
    }

    public IEnumerator<SourcedTick> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
