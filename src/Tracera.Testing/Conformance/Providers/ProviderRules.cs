namespace Tracera.Testing;

/// <summary>What <see cref="IPriceProvider"/> asks of a provider.</summary>
public static class ProviderRules
{
    /// <summary>The served answer gives prices.</summary>
    public static ConformanceRule YieldsPrices { get; } = new("provider.yields_prices", "Yield every row that the venue answered; what is not a price goes to Reject.");

    /// <summary>Prices are above zero.</summary>
    public static ConformanceRule PositivePrice { get; } = new("provider.positive_price", "The price in major units of the source's currency; must be above zero.");

    /// <summary>Items have a category and a name.</summary>
    public static ConformanceRule Names { get; } = new("provider.names", "The item's category, and the item's name as the venue writes it. Absent or empty: bad_name.");

    /// <summary>Volumes are not negative.</summary>
    public static ConformanceRule Volume { get; } = new("provider.volume", "Units as the source's VolumeKind counts them, 0 or more; null when the venue does not say.");

    /// <summary>Every price of a series has the same descriptor object.</summary>
    public static ConformanceRule OneDescriptor { get; } = new(
        "provider.one_descriptor", "The series the price belongs to; use one instance for all prices of a series. Two descriptors that differ in the volume kind alone are refused.");

    /// <summary>The currency is the one that is asked for, or the venue's own.</summary>
    public static ConformanceRule Currency { get; } = new(
        "provider.currency", "The currency that is wanted; a venue with only one currency ignores it and says its own.");

    /// <summary>No price lies in the future.</summary>
    public static ConformanceRule ObservedAt { get; } = new(
        "provider.observed_at", "The venue's own time of the price; null when it gives none. Further ahead of the clock than is taken: too_early.");

    /// <summary>The same answer gives the same prices.</summary>
    public static ConformanceRule Deterministic { get; } = new("provider.deterministic", "Fetches one cycle: the prices, in the order of the answer.");

    /// <summary>Prices do not pass through a binary float.</summary>
    public static ConformanceRule ExactDecimals { get; } = new(
        "provider.exact_decimals", "Prices are decimals in major units and never pass through a binary float. More digits than can be kept exactly: bad_price.");

    /// <summary>A row that is no price is rejected and ends nothing.</summary>
    public static ConformanceRule RejectsBadRows { get; } = new(
        "provider.rejects_bad_rows", "A row that is no price goes to FetchContext.Reject and the enumeration goes on.");

    /// <summary>A row with a field that is not as it should be is yielded or rejected, never lost.</summary>
    public static ConformanceRule LosesNoRow { get; } = new(
        "provider.loses_no_row", "Yield every row that the venue answered; what is not a price goes to Reject.");

    /// <summary>A field that is not known changes nothing.</summary>
    public static ConformanceRule UnknownFields { get; } = new("provider.unknown_fields", "Yield every row that the venue answered: a further field is no reason not to.");

    /// <summary>Reasons of rejections are codes.</summary>
    public static ConformanceRule RejectReasons { get; } = new(
        "provider.reject_reasons", "A short code, one of RejectReasons or a provider's own in the same style (snake_case).");

    /// <summary>Rows are yielded as they come.</summary>
    public static ConformanceRule Streams { get; } = new("provider.streams", "Rows are streamed: memory must not grow with the size of an answer.");

    /// <summary>A cancelled cycle ends.</summary>
    public static ConformanceRule Cancellation { get; } = new("provider.cancellation", "The token ends the cycle; a provider that goes on regardless is abandoned.");

    /// <summary>An answer that breaks off is a bad payload.</summary>
    public static ConformanceRule TruncatedBody { get; } = new("provider.truncated_body", "BadPayload: the answer is not of the shape that is known. What was yielded before stands.");

    /// <summary>A page of HTML is a bad payload.</summary>
    public static ConformanceRule HtmlBody { get; } = new("provider.html_body", "BadPayload: the answer is not of the shape that is known.");

    /// <summary>401 and 403 are failures of authorisation.</summary>
    public static ConformanceRule Auth { get; } = new("provider.auth", "Auth: the key or the cookie is missing or refused: somebody must mend the configuration.");

    /// <summary>404 is not found.</summary>
    public static ConformanceRule NotFound { get; } = new("provider.not_found", "NotFound: what was asked for does not exist.");

    /// <summary>429 says when to ask again.</summary>
    public static ConformanceRule RateLimited { get; } = new(
        "provider.rate_limited", "RateLimited: the venue asks to wait until RetryAt, the earliest instant at which the venue may be asked again.");

    /// <summary>500 and broken connections are transient.</summary>
    public static ConformanceRule Transient { get; } = new(
        "provider.transient", "Transient: the venue is away or stumbled: ask again with back-off. Any other exception counts as transient.");

    /// <summary>Every price of the past says when it was.</summary>
    public static ConformanceRule BackfillTimes { get; } = new("provider.backfill_times", "Every price carries its ObservedAt.");

    /// <summary>A range of the past is answered for as it is asked for.</summary>
    public static ConformanceRule BackfillRange { get; } = new("provider.backfill_range", "The first instant, included. The last instant, excluded.");

    /// <summary>Prices of the past come in the order of their times.</summary>
    public static ConformanceRule BackfillOrder { get; } = new("provider.backfill_order", "The prices, oldest first.");

    /// <summary>No secret is in a message or in a sample.</summary>
    public static ConformanceRule NoSecrets { get; } = new("provider.no_secrets", "What went wrong, for a person; no secret may be in it. A piece of the row: no secret may be in it.");

    /// <summary>Every rule.</summary>
    public static IReadOnlyList<ConformanceRule> All { get; } =
    [
        YieldsPrices, PositivePrice, Names, Volume, OneDescriptor, Currency, ObservedAt, Deterministic, ExactDecimals, RejectsBadRows, LosesNoRow, UnknownFields,
        RejectReasons, Streams, Cancellation, TruncatedBody, HtmlBody, Auth, NotFound, RateLimited, Transient, NoSecrets, BackfillTimes, BackfillRange, BackfillOrder,
    ];
}
