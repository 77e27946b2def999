namespace Tracera;

/// <summary>Which dead letters are offered again.</summary>
/// <param name="Ids">Their numbers; unknown ones are ignored. Null or empty for the newest ones.</param>
/// <param name="Limit">At most so many, 1 or more. Default: 1,000.</param>
public sealed record ReplayRequest(IReadOnlyList<long>? Ids = null, int Limit = ReplayRequest.DefaultLimit)
{
    /// <summary>The default of <see cref="Limit"/>.</summary>
    public const int DefaultLimit = 1_000;
}
