using System.Net;
using System.Text;

namespace Tracera.AspNetCore.Tests;

public sealed class ReplayTests
{
    private static Task<HttpResponseMessage> PostAsync(ApiHost host, string? body, string type = "application/json") => host.Client.PostAsync(
        new Uri("/api/v1/dead-letters/replay", UriKind.Relative),
        body is null ? null : new StringContent(body, Encoding.UTF8, type),
        TestContext.Current.CancellationToken);

    [Fact]
    public async Task Replay_WithoutABody_AsksForTheNewestAndSaysWhatBecameOfThem()
    {
        await using var host = await new ApiHost().StartAsync();

        using var response = await PostAsync(host, null);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Answers.IsJson(
            """{"written":1,"duplicate":2,"corrected":3,"refused":4,"pending":5}""",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Null(host.Replay.Asked!.Ids);
        Assert.Equal(ReplayRequest.DefaultLimit, host.Replay.Asked.Limit);
    }

    [Fact]
    public async Task Replay_WithNumbers_AsksForThose()
    {
        await using var host = await new ApiHost().StartAsync();

        using var response = await PostAsync(host, """{"ids":[3,7]}""");

        Assert.Equal([3L, 7L], host.Replay.Asked!.Ids!);
    }

    [Theory]
    [InlineData("""{"ids":["three"]}""", "application/json", HttpStatusCode.BadRequest, "bad_body")]
    [InlineData("""{"ids":[1]}""", "text/plain", HttpStatusCode.UnsupportedMediaType, null)]
    public async Task Replay_BadBody_IsRefused(string body, string type, HttpStatusCode status, string? code)
    {
        await using var host = await new ApiHost().StartAsync();

        using var response = await PostAsync(host, body, type);

        var problem = await response.ProblemAsync(status);
        Assert.Null(host.Replay.Asked);
        Assert.True(code is null || problem["code"]!.GetValue<string>() == code);
    }

    [Fact]
    public async Task Replay_OfTooMany_NamesTheNumberAndWhatIsAllowed()
    {
        await using var host = await new ApiHost().StartAsync();

        using var response = await PostAsync(host, $$"""{"ids":[{{string.Join(",", Enumerable.Range(1, 1001))}}]}""");

        var detail = (await response.ProblemAsync(HttpStatusCode.BadRequest))["detail"]!.GetValue<string>();
        Assert.Contains("1001 numbers", detail, StringComparison.Ordinal);
        Assert.Contains("at most 1000", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_WithoutAnyAuthentication_Answers401()
    {
        await using var host = await new ApiHost { IsOpen = false }.StartAsync();

        using var response = await PostAsync(host, null);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Null(host.Replay.Asked);
    }
}
