namespace Tracera;

/// <summary>What became of a request for a run.</summary>
/// <param name="RunId">The run; null when every provider that was asked for is running already.</param>
/// <param name="Started">The providers in it.</param>
/// <param name="Skipped">The providers left out because they are running already.</param>
public sealed record RunTicket(RunId? RunId, IReadOnlyList<string> Started, IReadOnlyList<string> Skipped);
