namespace Tracera;

/// <summary>A run that somebody asks for.</summary>
/// <param name="Providers">The providers to ask; null or empty for all that are enabled.</param>
/// <param name="From">With <paramref name="To"/>: the range of the past that is wanted; null for prices of now.</param>
/// <param name="To">The end of the range, excluded.</param>
public sealed record RunRequest(IReadOnlyList<string>? Providers = null, DateTimeOffset? From = null, DateTimeOffset? To = null);
