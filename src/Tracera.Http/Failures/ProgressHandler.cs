namespace Tracera.Http;

/// <summary>Tells of every request of a provider, and of every answer that begins, as a sign of life of its cycle.</summary>
internal sealed class ProgressHandler(string provider, IProviderProgress? progress) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        progress?.Report(provider);
        var answer = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        progress?.Report(provider);
        return answer;
    }
}
