namespace Tracera.AspNetCore;

/// <summary>How the REST API answers; configured under <c>Tracera:Api</c>.</summary>
public sealed class ApiOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Tracera:Api";

    /// <summary>The default of <see cref="Challenge"/>.</summary>
    public const string DefaultChallenge = "Bearer";

    /// <summary>The default of <see cref="RetryAfter"/>.</summary>
    public static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>The default of <see cref="ReadinessTimeout"/>.</summary>
    public static readonly TimeSpan DefaultReadinessTimeout = TimeSpan.FromSeconds(5);

    /// <summary>After which time a client is told to try again while the store is away, 1 s to 1 h. Default: 5 s.</summary>
    public TimeSpan RetryAfter { get; set; } = DefaultRetryAfter;

    /// <summary>How long one readiness check may take until it counts as failed, 100 ms to 1 min. Default: 5 s.</summary>
    public TimeSpan ReadinessTimeout { get; set; } = DefaultReadinessTimeout;

    /// <summary>What stands in the <c>WWW-Authenticate</c> header of a 401 (RFC 9110, 11.6.1), printable ASCII. Default: <c>Bearer</c>.</summary>
    public string Challenge { get; set; } = DefaultChallenge;
}
