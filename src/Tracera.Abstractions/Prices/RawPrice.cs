namespace Tracera;

/// <summary>A price as a provider saw it, before anything is known of ids.</summary>
/// <remarks>Yield every row that the venue answered; what is not a price goes to <see cref="FetchContext.Reject"/>. Prices are decimals in major units and never pass through a binary float.</remarks>
/// <param name="Category">The item's category, for example <c>steam:730</c>; use one constant string.</param>
/// <param name="Name">The item's name as the venue writes it, a version included.</param>
/// <param name="Price">The price in major units of the source's currency; must be above zero.</param>
/// <param name="Source">The series the price belongs to; use one instance for all prices of a series.</param>
/// <param name="Volume">Units as the source's <see cref="VolumeKind"/> counts them, 0 or more; null when the venue does not say.</param>
/// <param name="ObservedAt">The venue's own time of the price; null when it gives none, and then the cycle's scheduled time stands.</param>
public readonly record struct RawPrice(
    string Category,
    string Name,
    decimal Price,
    SourceDescriptor Source,
    decimal? Volume = null,
    DateTimeOffset? ObservedAt = null);
