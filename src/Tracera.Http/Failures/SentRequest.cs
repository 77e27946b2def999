using System.Net.Http.Headers;

namespace Tracera.Http;

/// <summary>A request, for what is said of it: the provider's key and whatever of the request is secret is in none of it.</summary>
/// <remarks>What is secret is worked out only where something is said.</remarks>
internal sealed class SentRequest
{
    private readonly HttpRequestMessage _request;
    private readonly string _key;

    // A redirection takes the one away and changes the other.
    private readonly HeaderStringValues _authorization;
    private readonly Uri? _address;
    private HttpRequestMessage _answered;
    private Secret? _secret;

    /// <param name="request">The request, before it is sent.</param>
    /// <param name="key">The provider's key; empty where there is none.</param>
    public SentRequest(HttpRequestMessage request, string key)
    {
        (_request, _answered, _key, _address) = (request, request, key, request.RequestUri);
        request.Headers.NonValidated.TryGetValues("Authorization", out _authorization);
    }

    /// <summary>Where it was sent, without the query.</summary>
    public string Where => Hide(HttpFailures.Where(_answered));

    /// <summary>An answer has come, which may be to another request: one that a handler of the app has sent in its place.</summary>
    public void Note(HttpResponseMessage answer) => _answered = answer.RequestMessage ?? _request;

    /// <summary>The text without the secrets. Its last characters may be the beginning of one, which a bound has cut.</summary>
    public string Hide(string text) => (_secret ??= new Secret(Secrets())).Hide(text);

    private IEnumerable<string> Secrets()
    {
        var own = RequestSecrets.Of(_request.Headers).Concat(RequestSecrets.OfAuthorization(_authorization)).Concat(RequestSecrets.Of(_address)).Prepend(_key);
        return ReferenceEquals(_answered, _request) ? own : own.Concat(RequestSecrets.Of(_answered.Headers)).Concat(RequestSecrets.Of(_answered.RequestUri));
    }
}
