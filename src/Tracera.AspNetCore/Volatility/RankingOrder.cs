namespace Tracera.AspNetCore;

/// <summary>The order of a ranking, as clients write it.</summary>
internal enum RankingOrder
{
    /// <summary>The most volatile first.</summary>
    Desc = 0,

    /// <summary>The calmest first.</summary>
    Asc = 1,
}
