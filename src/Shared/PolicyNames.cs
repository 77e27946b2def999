namespace Tracera.Shared;

/// <summary>The names of policies that several packages evaluate.</summary>
internal static class PolicyNames
{
    /// <summary>Guards prices, history, volatility and rankings, over REST and live.</summary>
    public const string Read = "tracera:read";
}
