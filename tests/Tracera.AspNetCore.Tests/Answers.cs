using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tracera.AspNetCore.Tests;

/// <summary>Asks the API and compares its answers.</summary>
internal static class Answers
{
    public static async Task<string> ReadAsync(this ApiHost host, string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var response = await host.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return await response.BodyAsync(expected);
    }

    public static async Task<JsonNode> ReadJsonAsync(this ApiHost host, string path, HttpStatusCode expected = HttpStatusCode.OK) =>
        JsonNode.Parse(await host.ReadAsync(path, expected))!;

    public static async Task<string> BodyAsync(this HttpResponseMessage response, HttpStatusCode expected)
    {
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == expected, $"{(int)response.StatusCode} instead of {(int)expected}: {body}");
        return body;
    }

    /// <summary>A refusal in the form of RFC 9457, with its trace id taken out.</summary>
    public static async Task<JsonNode> ProblemAsync(this HttpResponseMessage response, HttpStatusCode expected)
    {
        var problem = JsonNode.Parse(await response.BodyAsync(expected))!;
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal((int)expected, problem["status"]!.GetValue<int>());
        Assert.NotEmpty(problem["traceId"]!.GetValue<string>());
        problem.AsObject().Remove("traceId");
        return problem;
    }

    public static async Task<JsonNode> ProblemAsync(this ApiHost host, string path, HttpStatusCode expected)
    {
        using var response = await host.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return await response.ProblemAsync(expected);
    }

    /// <summary>Compares the bytes, so that the digits of numbers and the order of members count.</summary>
    public static void IsJson(string expected, string actual) =>
        Assert.Equal(Compact(expected), actual);

    private static string Compact(string json)
    {
        using var document = JsonDocument.Parse(json);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            document.WriteTo(writer);
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
