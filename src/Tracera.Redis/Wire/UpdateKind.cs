namespace Tracera.Redis;

/// <summary>What a message holds; its first byte.</summary>
internal enum UpdateKind : byte
{
    /// <summary>Ticks, one after the other.</summary>
    Ticks = 1,

    /// <summary>Figures.</summary>
    Figures = 2,

    /// <summary>Ticks as they were offered, each with its field before it, because all of them became the latest.</summary>
    Entries = 3,
}
