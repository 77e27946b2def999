namespace Tracera.Ingestion;

/// <summary>What makes a tick one row.</summary>
internal readonly record struct TickKey(int Item, int Source, long ObservedAt)
{
    public override int GetHashCode() => unchecked((int)((((ObservedAt * 31) + Item) * 0x9E3779B1L) ^ (Source * 0x85EBCA6BL)));
}
