using System.Runtime.CompilerServices;

namespace Tracera.Ingestion;

/// <summary>The sources of one provider that are known, by instance first and then by value. Not thread-safe.</summary>
internal sealed class SourceCache
{
    private const int MaxInstances = 256;
    private const int MaxSources = 4096;
    private readonly Dictionary<SourceDescriptor, SourceId> _byInstance = new(ReferenceComparer.Instance);
    private readonly GenerationCache<SourceDescriptor, SourceId, OwnEquality<SourceDescriptor>> _byValue = new(MaxSources);
    private SourceDescriptor? _last;
    private SourceId _lastId;

    /// <summary>Finds a source; an id of 0 means that the catalogue refused it.</summary>
    public bool TryGet(SourceDescriptor? descriptor, out SourceId id)
    {
        if ((!ReferenceEquals(descriptor, _last) || descriptor is null) && !TryRecall(descriptor))
        {
            id = default;
            return false;
        }

        id = _lastId;
        return true;
    }

    public void Set(SourceDescriptor descriptor, SourceId id)
    {
        _byValue.Slot(descriptor, out _) = id;
        Remember(descriptor, id);
    }

    // Apart, so that what is looked up for nearly every row stays small. What is found is the last one from now on.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryRecall(SourceDescriptor? descriptor)
    {
        if (descriptor is null)
        {
            return false;
        }

        if (!_byInstance.TryGetValue(descriptor, out var id))
        {
            if (!_byValue.TryGet(descriptor, out id))
            {
                return false;
            }

            Remember(descriptor, id);
        }

        (_last, _lastId) = (descriptor, id);
        return true;
    }

    private void Remember(SourceDescriptor descriptor, SourceId id)
    {
        if (_byInstance.Count >= MaxInstances)
        {
            _byInstance.Clear();
        }

        _byInstance[descriptor] = id;
    }

    private sealed class ReferenceComparer : IEqualityComparer<SourceDescriptor>
    {
        public static readonly ReferenceComparer Instance = new();

        public bool Equals(SourceDescriptor? x, SourceDescriptor? y) => ReferenceEquals(x, y);

        public int GetHashCode(SourceDescriptor obj) => RuntimeHelpers.GetHashCode(obj);
    }
}
