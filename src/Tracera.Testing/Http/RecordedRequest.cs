namespace Tracera.Testing;

/// <summary>A request that a <see cref="RecordedHttp"/> was sent.</summary>
/// <param name="Method">The method.</param>
/// <param name="Address">The whole address.</param>
/// <param name="Headers">The headers, names in any case; several values of one are joined with a comma.</param>
public sealed record RecordedRequest(string Method, Uri Address, IReadOnlyDictionary<string, string> Headers)
{
    internal static RecordedRequest Of(HttpRequestMessage request) => new(
        request.Method.Method,
        request.RequestUri!,
        request.Headers.NonValidated.ToDictionary(
            header => header.Key, header => string.Join(", ", header.Value.AsEnumerable()), StringComparer.OrdinalIgnoreCase));
}
