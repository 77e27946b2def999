namespace Tracera;

/// <summary>Why a row is not taken. The codes appear in a run's <c>rejected_by</c> and on the meters.</summary>
public static class RejectReasons
{
    /// <summary>The row has no price: absent, null, zero, or nothing on offer.</summary>
    public const string NoPrice = "no_price";

    /// <summary>The price is no number, negative, or has more digits than can be kept exactly.</summary>
    public const string BadPrice = "bad_price";

    /// <summary>The item's name is absent, empty or longer than allowed.</summary>
    public const string BadName = "bad_name";

    /// <summary>The volume is no number or negative.</summary>
    public const string BadVolume = "bad_volume";

    /// <summary>The currency is not the one that was asked for.</summary>
    public const string WrongCurrency = "wrong_currency";

    /// <summary>The row is not of the shape that is known.</summary>
    public const string BadRow = "bad_row";

    /// <summary>The price is older than the largest age that is taken live.</summary>
    public const string TooLate = "too_late";

    /// <summary>The price lies further ahead of the clock than is taken.</summary>
    public const string TooEarly = "too_early";

    /// <summary>The item is new and the catalogue cannot be reached; it comes back with the next cycle. A backfill waits for the catalogue instead.</summary>
    public const string CatalogUnavailable = "catalogue_unavailable";
}
