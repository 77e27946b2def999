using System.Net;
using System.Text;

namespace Tracera.AspNetCore.Tests;

public sealed class RunTests
{
    private static readonly RunId First = new(new Guid("01948f3c-0000-7000-8000-000000000001"));
    private static readonly RunId Second = new(new Guid("01948f3c-0000-7000-8000-000000000002"));

    private static ApiHost NewHost()
    {
        var host = new ApiHost();
        host.Runs.Runs.Add(new RunRecord(
            First,
            RunTrigger.Startup,
            RunState.Failed,
            "host",
            ApiHost.Now,
            ApiHost.Now.AddSeconds(2),
            "steam failed",
            [
                new ProviderRunRecord("steam", RunState.Failed, ApiHost.Now, ApiHost.Now.AddSeconds(1), "429")
                {
                    Fetched = 10,
                    Rejected = 2,
                    RejectedBy = new Dictionary<string, long> { ["zero_price"] = 2 },
                    Deduplicated = 1,
                    Accepted = 7,
                    Stored = 5,
                    Corrected = 1,
                    DeadLettered = 1,
                },
            ]));
        host.Runs.Runs.Add(new RunRecord(Second, RunTrigger.Demand, RunState.Running, "host", ApiHost.Now.AddMinutes(1), null, null, []));
        return host;
    }

    private static async Task<HttpResponseMessage> StartAsync(ApiHost host, string? body, string contentType = "application/json")
    {
        using var content = body is null ? null : new StringContent(body, Encoding.UTF8, contentType);
        return await host.Client.PostAsync(new Uri("/api/v1/runs", UriKind.Relative), content, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Run_ById_HasTheContractsShape()
    {
        await using var host = await NewHost().StartAsync();

        Answers.IsJson(
            """
            {"id":"01948f3c-0000-7000-8000-000000000001","state":"Failed","trigger":"Startup","started_at":"2026-03-01T12:00:00Z","finished_at":"2026-03-01T12:00:02Z","error":"steam failed",
             "providers":[{"provider":"steam","state":"Failed","fetched":10,"rejected":2,"rejected_by":{"zero_price":2},"deduplicated":1,"accepted":7,"stored":5,"corrected":1,"dead_lettered":1,"error":"429","started_at":"2026-03-01T12:00:00Z","finished_at":"2026-03-01T12:00:01Z"}]}
            """,
            await host.ReadAsync($"/api/v1/runs/{First}"));
    }

    [Fact]
    public async Task Runs_Listed_AreNewestFirstAndPage()
    {
        await using var host = await NewHost().StartAsync();

        var first = await host.ReadJsonAsync("/api/v1/runs?limit=1");
        var second = await host.ReadJsonAsync($"/api/v1/runs?limit=1&cursor={first["next"]}");

        Assert.Equal(Second.ToString(), first["items"]![0]!["id"]!.GetValue<string>());
        Assert.Equal(First.ToString(), second["items"]![0]!["id"]!.GetValue<string>());
        Assert.Null(second["next"]);
    }

    [Fact]
    public async Task Runs_Filtered_AskTheLogForThose()
    {
        await using var host = await NewHost().StartAsync();

        await host.ReadAsync("/api/v1/runs?state=failed&provider=steam&from=2026-02-01&to=2026-04-01T00:00:00Z&limit=5");

        Assert.Equal(
            new RunQuery(new PageRequest(5), RunState.Failed, "steam", new DateTimeOffset(2026, 2, 1, 0, 0, 0, default), new DateTimeOffset(2026, 4, 1, 0, 0, 0, default)),
            host.Runs.LastQuery);
    }

    [Theory]
    [InlineData("state=done", "state")]
    [InlineData("state=1", "state")]
    [InlineData("from=now", "from")]
    [InlineData("from=2026-02-02&to=2026-02-01", "from")]
    [InlineData("limit=1001", "limit")]
    [InlineData("cursor=nonsense", "cursor")]
    [InlineData("provider=%00", "provider")]
    public async Task Runs_OfABadValue_Answer400(string query, string parameter)
    {
        await using var host = await NewHost().StartAsync();

        Assert.Equal(parameter, (await host.ProblemAsync($"/api/v1/runs?{query}", HttpStatusCode.BadRequest))["parameter"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("01948f3c-0000-7000-8000-00000000ffff")]
    [InlineData("latest")]
    public async Task Run_Unknown_Answers404(string id)
    {
        await using var host = await NewHost().StartAsync();

        Assert.Equal("unknown_run", (await host.ProblemAsync($"/api/v1/runs/{id}", HttpStatusCode.NotFound))["code"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("""{"providers":["steam","skinport"],"from":"2026-01-01","to":"2026-01-02T00:00:00Z"}""")]
    public async Task Start_OfARun_Answers202WithItsAddress(string? body)
    {
        await using var host = await NewHost().StartAsync();
        host.Control.Start = _ => new RunTicket(First, ["steam"], ["skinport"]);

        using var response = await StartAsync(host, body);

        Answers.IsJson(
            """{"id":"01948f3c-0000-7000-8000-000000000001","started":["steam"],"skipped":["skinport"]}""",
            await response.BodyAsync(HttpStatusCode.Accepted));
        Assert.Equal($"/api/v1/runs/{First}", response.Headers.Location?.OriginalString);
        Assert.Equal(body?.Contains("skinport", StringComparison.Ordinal) == true ? ["steam", "skinport"] : null, host.Control.LastRequest!.Providers);
        Assert.Equal(body?.Length > 2 ? new DateTimeOffset(2026, 1, 2, 0, 0, 0, default) : null, host.Control.LastRequest.To);
    }

    [Fact]
    public async Task Start_OfWhatIsRunning_Answers409()
    {
        await using var host = await NewHost().StartAsync();
        host.Control.Start = _ => new RunTicket(null, [], ["steam"]);

        using var response = await StartAsync(host, "{}");
        var problem = await response.ProblemAsync(HttpStatusCode.Conflict);

        Assert.Equal("""["steam"]""", problem["skipped"]!.ToJsonString());
    }

    [Fact]
    public async Task Start_OfAnUnknownProvider_Answers400ThatNamesIt()
    {
        await using var host = await NewHost().StartAsync();
        host.Control.Start = request => throw new ArgumentException("There is no provider 'x'; allowed: steam.", nameof(request));

        using var response = await StartAsync(host, """{"providers":["x"]}""");

        Assert.Equal("There is no provider 'x'; allowed: steam.", (await response.ProblemAsync(HttpStatusCode.BadRequest))["detail"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("""{"from":"2026-01-01"}""", "both 'from' and 'to', or neither")]
    [InlineData("""{"from":"2026-01-02","to":"2026-01-01"}""", "an instant before 'to'")]
    [InlineData("""{"from":"soon","to":"2026-01-01"}""", "an ISO 8601 instant")]
    [InlineData("""{"providers":[null]}""", "names of providers")]
    [InlineData("""{"providers":"steam"}""", "$.providers")]
    [InlineData("""{"provider":["steam"]}""", "$.provider")]
    [InlineData("{", "each optional")]
    public async Task Start_OfABadBody_Answers400ThatSaysWhy(string body, string expected)
    {
        await using var host = await NewHost().StartAsync();

        using var response = await StartAsync(host, body);

        Assert.Contains(expected, (await response.ProblemAsync(HttpStatusCode.BadRequest))["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Null(host.Control.LastRequest);
    }

    [Fact]
    public async Task Start_OfAnotherContentType_Answers415()
    {
        await using var host = await NewHost().StartAsync();

        using var response = await StartAsync(host, "providers=steam", "application/x-www-form-urlencoded");

        await response.ProblemAsync(HttpStatusCode.UnsupportedMediaType);
    }
}
