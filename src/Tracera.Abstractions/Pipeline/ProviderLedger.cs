namespace Tracera;

/// <summary>What became of the rows of one provider since the host started: <c>Fetched = Rejected + Deduplicated + Dispatched + Lost</c> whenever it is quiet.</summary>
/// <param name="Provider">The provider's registered name.</param>
/// <param name="Fetched">Rows that it answered, rejected ones included.</param>
/// <param name="Rejected">Rows that were not taken.</param>
/// <param name="Deduplicated">Rows that repeat an earlier one.</param>
/// <param name="Dispatched">Ticks that went to the sinks.</param>
/// <param name="Lost">Rows that were given up before they were dispatched.</param>
/// <param name="RejectedBy">The rejected rows by reason.</param>
public sealed record ProviderLedger(
    string Provider,
    long Fetched,
    long Rejected,
    long Deduplicated,
    long Dispatched,
    long Lost,
    IReadOnlyDictionary<string, long> RejectedBy);
