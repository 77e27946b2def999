namespace Tracera.AspNetCore.Tests;

public sealed class OperatorTests
{
    [Fact]
    public async Task Providers_Listed_HaveTheirState()
    {
        await using var host = await new ApiHost().StartAsync();
        host.Control.Providers.Add(new ProviderStatus(
            "steam", ProviderState.BackingOff, TimeSpan.FromMinutes(10), ApiHost.Now.AddMinutes(-1), ApiHost.Now.AddSeconds(-90.5), "429", ApiHost.Now.AddMinutes(9), 2)
        {
            Circuit = "open",
            BudgetLeft = 3,
        });
        host.Control.Providers.Add(new ProviderStatus("zero", ProviderState.Disabled, TimeSpan.FromSeconds(0.5), null, null, null, null, 0));

        Answers.IsJson(
            """
            {"items":[
              {"name":"steam","state":"BackingOff","interval_seconds":600,"last_started_at":"2026-03-01T11:59:00Z","last_success_at":"2026-03-01T11:58:29.5Z","staleness_seconds":90.5,"last_error":"429","next_run_at":"2026-03-01T12:09:00Z","consecutive_failures":2,"circuit":"open","budget_left":3},
              {"name":"zero","state":"Disabled","interval_seconds":0.5,"last_started_at":null,"last_success_at":null,"staleness_seconds":null,"last_error":null,"next_run_at":null,"consecutive_failures":0,"circuit":null,"budget_left":null}],
             "next":null}
            """,
            await host.ReadAsync("/api/v1/providers"));
    }

    [Fact]
    public async Task Pipeline_Read_HasLedgerAndQueues()
    {
        await using var host = await new ApiHost().StartAsync();
        host.Control.Pipeline = new PipelineSnapshot(
            [new ProviderLedger("steam", 10, 2, 1, 6, 1, new Dictionary<string, long> { ["too_late"] = 2 })],
            [new SinkLedger("store", true, 6, 1, 1, 1, 0, 1, 2, 0)],
            [new QueueStatus("store", 2, 64, TimeSpan.FromMilliseconds(250))])
        {
            Writes = [new WriteStatus("store", 7, 1, TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(4), TimeSpan.FromMilliseconds(90)), new WriteStatus("live", 0, 0, null, null, null)],
            Spools = [new SpoolStatus("store", 3, 40, 4096, 1 << 24, 0)],
        };

        Answers.IsJson(
            """
            {"providers":[{"provider":"steam","fetched":10,"rejected":2,"rejected_by":{"too_late":2},"deduplicated":1,"dispatched":6,"lost":1}],
             "sinks":[{"sink":"store","durable":true,"offered":6,"written":1,"duplicate":1,"corrected":1,"conflated":0,"dead_lettered":1,"buffered":2,"lost":0}],
             "queues":[{"name":"store","depth":2,"capacity":64,"oldest_age_seconds":0.25}],
             "writes":[{"sink":"store","batches":7,"failures":1,"last_seconds":0.005,"median_seconds":0.004,"p99_seconds":0.09},{"sink":"live","batches":0,"failures":0,"last_seconds":null,"median_seconds":null,"p99_seconds":null}],
             "spools":[{"sink":"store","batches":3,"prices":40,"bytes":4096,"capacity":16777216,"damaged":0}],
             "clients":null}
            """,
            await host.ReadAsync("/api/v1/pipeline"));
    }

    [Fact]
    public async Task DeadLetters_Listed_AreNamedAndPage()
    {
        await using var host = await new ApiHost().StartAsync();
        var (item, source) = (host.Store.AddItem("A"), host.Store.AddSource("steam", "steam", Currency.Usd));
        var run = new RunId(new Guid("01948f3c-0000-7000-8000-000000000001"));
        var tick = host.Store.AddTick(item, source, 1.10m, ApiHost.Now);
        host.DeadLetters.Letters.Add(new DeadLetter(1, "store", run, "steam", tick, "23514", "check", ApiHost.Now));
        host.DeadLetters.Letters.Add(new DeadLetter(2, "store", run, "steam", tick with { Source = new SourceId(9) }, "x", null, ApiHost.Now));

        var first = await host.ReadJsonAsync("/api/v1/dead-letters?limit=1");
        Assert.Null(first["items"]![0]!["source"]);
        Answers.IsJson(
            """
            {"items":[{"id":1,"sink":"store","run_id":"01948f3c-0000-7000-8000-000000000001","provider":"steam","item_id":1,"source":"steam","price":1.10,"currency":"USD","volume":null,"observed_at":"2026-03-01T12:00:00Z","received_at":"2026-03-01T12:00:01.5Z","reason":"23514","detail":"check","at":"2026-03-01T12:00:00Z"}],"next":null}
            """,
            await host.ReadAsync($"/api/v1/dead-letters?limit=1&cursor={first["next"]}"));
    }
}
