using System.Net.Http.Headers;
using Microsoft.Extensions.Options;

namespace Tracera.Http;

/// <summary>Refuses bad values. A key's value is never in a message.</summary>
internal sealed class HttpProviderOptionsValidator : IValidateOptions<HttpProviderOptions>
{
    private const string HiddenValue = "(hidden)";
    private static readonly TimeSpan MinRequestTimeout = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MaxRequestTimeout = TimeSpan.FromMinutes(10);

    public static string BadBaseAddress(string section, string value) =>
        new OptionFaults(section).Require(
            false,
            nameof(HttpProviderOptions.BaseAddress),
            value.AsSpan().ContainsAny('@', '?', '#') ? HiddenValue : value,
            "an absolute http or https address without user, query and fragment, such as https://example.com/api/").Lines[0];

    public ValidateOptionsResult Validate(string? name, HttpProviderOptions options)
    {
        if (string.IsNullOrEmpty(name))
        {
            return ValidateOptionsResult.Skip;
        }

        var section = HttpProviderOptions.ClientName(name);
        List<string> faults = IsAllowed(options.BaseAddress) ? [] : [BadBaseAddress(section, options.BaseAddress?.OriginalString ?? "")];
        faults.AddRange(
            new OptionFaults(section)
                .Require(IsPrintable(options.ApiKey), nameof(options.ApiKey), HiddenValue, "visible ASCII characters without spaces")
                .Require(IsUserAgent(options.UserAgent), nameof(options.UserAgent), options.UserAgent, "a product and version, such as MyApp/1.0")
                .Require(IsComment(options.Contact), nameof(options.Contact), options.Contact, "visible ASCII characters without spaces and parentheses")
                .Require(
                    options.RequestTimeout >= MinRequestTimeout && options.RequestTimeout <= MaxRequestTimeout,
                    nameof(options.RequestTimeout),
                    options.RequestTimeout,
                    "00:00:00.1 to 00:10:00")
                .Lines);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static bool IsAllowed(Uri? address) =>
        address is { IsAbsoluteUri: true, UserInfo: "", Query: "", Fragment: "" }
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);

    private static bool IsPrintable(string text) => text.All(c => c is > ' ' and <= '~');

    private static bool IsComment(string text) => IsPrintable(text) && !text.AsSpan().ContainsAny("()\\");

    private static bool IsUserAgent(string text)
    {
        using var request = new HttpRequestMessage();
        HttpHeaderValueCollection<ProductInfoHeaderValue> agents = request.Headers.UserAgent;
        return !string.IsNullOrWhiteSpace(text) && agents.TryParseAdd(text);
    }
}
