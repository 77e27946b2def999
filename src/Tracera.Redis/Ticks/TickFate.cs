namespace Tracera.Redis;

/// <summary>What a tick is to one of the same series.</summary>
internal enum TickFate
{
    /// <summary>It was observed later.</summary>
    Newer,

    /// <summary>It has the same key, another price or volume, and was received later.</summary>
    Correction,

    /// <summary>It has the same key, with the same values or from an earlier receipt.</summary>
    Duplicate,

    /// <summary>It was observed before.</summary>
    Older,

    /// <summary>There is no room for it.</summary>
    Refused,
}
