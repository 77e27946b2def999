namespace Tracera.Http;

/// <summary>How a provider reaches its venue over HTTP; configured under <c>Tracera:Providers:&lt;name&gt;</c>, beside <see cref="ProviderOptions"/>.</summary>
/// <remarks>Every HTTP provider has these; what a vendor needs beyond them stands in an options class of its own, bound at the same section.</remarks>
public sealed class HttpProviderOptions
{
    /// <summary>The default of <see cref="RequestTimeout"/>.</summary>
    public static readonly TimeSpan DefaultRequestTimeout = TimeSpan.FromSeconds(30);

    /// <summary>The default of <see cref="UserAgent"/>: the product and its version.</summary>
    public static readonly string DefaultUserAgent = $"Tracera/{typeof(HttpProviderOptions).Assembly.GetName().Version?.ToString(3)}";

    /// <summary>The address that relative request addresses are added to, with or without a slash at its end. Default: the vendor's own.</summary>
    public Uri? BaseAddress { get; set; }

    /// <summary>The key that the venue gave; the provider knows where it belongs. It appears in no message and no log. Default: empty, which means none.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>What requests call themselves. Default: <c>Tracera/&lt;version&gt;</c>.</summary>
    public string UserAgent { get; set; } = DefaultUserAgent;

    /// <summary>Where the venue reaches whoever runs this, as a mail or web address; added to the user agent as a comment. Default: empty, which means none.</summary>
    public string Contact { get; set; } = "";

    /// <summary>How long a request may take until its answer's headers are here, 100 ms to 10 min; the body is watched by <see cref="ProviderOptions.ProgressTimeout"/>. Default: 30 s.</summary>
    public TimeSpan RequestTimeout { get; set; } = DefaultRequestTimeout;

    /// <summary>The name of a provider's client in the <see cref="IHttpClientFactory"/>, under which an app or a test adds handlers of its own.</summary>
    /// <param name="provider">The provider's registered name.</param>
    /// <returns>The client's name.</returns>
    public static string ClientName(string provider) => $"{ProviderOptions.SectionName}:{provider}";
}
