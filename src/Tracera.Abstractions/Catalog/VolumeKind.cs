namespace Tracera;

/// <summary>What the volume of a source counts; it decides how bars combine it.</summary>
public enum VolumeKind
{
    /// <summary>Units traded at this tick. A bar sums them.</summary>
    Traded = 0,

    /// <summary>Units traded in the 24 hours before the tick. A bar keeps the last.</summary>
    Rolling24h = 1,

    /// <summary>Units on offer at this tick. A bar keeps the last.</summary>
    Stock = 2,
}
