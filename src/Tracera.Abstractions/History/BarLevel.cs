namespace Tracera;

/// <summary>A width of buckets that is kept. Each level is built from the one before.</summary>
public enum BarLevel
{
    /// <summary>One minute.</summary>
    Minute1 = 0,

    /// <summary>Fifteen minutes.</summary>
    Minute15 = 1,

    /// <summary>One hour.</summary>
    Hour1 = 2,

    /// <summary>Six hours.</summary>
    Hour6 = 3,

    /// <summary>One day.</summary>
    Day1 = 4,

    /// <summary>Seven days, beginning on Monday.</summary>
    Day7 = 5,
}
