namespace Tracera.Http.Tests;

public sealed class PlainProvider(HttpClient http)
{
    public HttpClient Http { get; } = http;
}
