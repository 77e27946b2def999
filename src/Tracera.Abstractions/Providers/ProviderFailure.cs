namespace Tracera;

/// <summary>What kind of failure a provider met; it decides when it is asked again.</summary>
public enum ProviderFailure
{
    /// <summary>The venue is away or stumbled: ask again with back-off.</summary>
    Transient = 0,

    /// <summary>The venue asks to wait until <see cref="ProviderException.RetryAt"/>.</summary>
    RateLimited = 1,

    /// <summary>The key or the cookie is missing or refused: somebody must mend the configuration.</summary>
    Auth = 2,

    /// <summary>The answer is not of the shape that is known.</summary>
    BadPayload = 3,

    /// <summary>What was asked for does not exist.</summary>
    NotFound = 4,

    /// <summary>Asking again cannot help.</summary>
    Permanent = 5,
}
