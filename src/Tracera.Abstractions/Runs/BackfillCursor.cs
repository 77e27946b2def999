namespace Tracera;

/// <summary>How far a backfill of one provider has come.</summary>
/// <param name="Provider">The provider's registered name.</param>
/// <param name="From">The first instant that was asked for, included.</param>
/// <param name="To">The last, excluded.</param>
/// <param name="Position">Everything observed before this instant is in the store.</param>
public sealed record BackfillCursor(string Provider, DateTimeOffset From, DateTimeOffset To, DateTimeOffset Position);
