namespace Tracera.Ingestion;

/// <summary>Compares values by their own equality.</summary>
internal readonly struct OwnEquality<T> : IEqualityComparer<T>
    where T : IEquatable<T>
{
    public bool Equals(T? x, T? y) => x is null ? y is null : x.Equals(y);

    public int GetHashCode(T obj) => obj.GetHashCode();
}
