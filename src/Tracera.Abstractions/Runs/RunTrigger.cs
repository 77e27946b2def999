namespace Tracera;

/// <summary>Why a run was started.</summary>
public enum RunTrigger
{
    /// <summary>The host started: every enabled provider is asked.</summary>
    Startup = 0,

    /// <summary>Providers were due.</summary>
    Schedule = 1,

    /// <summary>Somebody asked.</summary>
    Demand = 2,

    /// <summary>Somebody asked for a range of the past.</summary>
    Backfill = 3,

    /// <summary>A streaming provider connected.</summary>
    Stream = 4,
}
