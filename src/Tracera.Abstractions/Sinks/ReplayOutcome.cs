namespace Tracera;

/// <summary>What became of the letters of one replay.</summary>
/// <param name="Written">New rows; their letters are gone.</param>
/// <param name="Duplicate">Stored already; their letters are gone.</param>
/// <param name="Corrected">Replaced what was stored; their letters are gone.</param>
/// <param name="Refused">Refused again; their letters stay.</param>
/// <param name="Pending">Not told in time, because the sink is away or the host stops; their letters stay and may be replayed again.</param>
public readonly record struct ReplayOutcome(int Written, int Duplicate, int Corrected, int Refused, int Pending);
