namespace Tracera.Shared;

/// <summary>What became of a tick that was offered as the latest of its series.</summary>
internal enum TickFate
{
    /// <summary>It is the latest now, or will be when its time has come.</summary>
    Latest,

    /// <summary>It replaced one of the same key with another price or volume.</summary>
    Corrected,

    /// <summary>Its key was known, with the same values or from a later receipt.</summary>
    Duplicate,

    /// <summary>A tick with a later observed time stands.</summary>
    Older,

    /// <summary>There is no room for it.</summary>
    Refused,
}
