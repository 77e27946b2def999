namespace Tracera;

/// <summary>The way a batch takes through the pipeline.</summary>
public enum BatchLane
{
    /// <summary>Prices of now: to every sink.</summary>
    Live = 0,

    /// <summary>History asked for on demand: to the durable sink alone, and never to live clients.</summary>
    Backfill = 1,
}
