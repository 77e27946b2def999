namespace Tracera;

/// <summary>The right of one host to poll a provider for a time.</summary>
/// <param name="Provider">The provider's registered name.</param>
/// <param name="Owner">The host instance.</param>
/// <param name="Token">Rises with every change of owner, so that a late holder can be told.</param>
/// <param name="ExpiresAt">When it ends unless it is renewed.</param>
public sealed record ProviderLease(string Provider, string Owner, long Token, DateTimeOffset ExpiresAt);
