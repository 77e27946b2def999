using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Tracera.Testing;

namespace Tracera.AspNetCore.Tests;

/// <summary>An app that serves the API over fakes.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    private WebApplication? _app;

    public static DateTimeOffset Now { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public ManualTimeProvider Time { get; } = new(Now);

    public FakeStore Store { get; } = new();

    public FakeSnapshots? Snapshots { get; set; }

    public FakeFigures Figures { get; } = new();

    public FakeRuns Runs { get; } = new();

    public FakeControl Control { get; } = new();

    public FakeDeadLetters DeadLetters { get; } = new();

    public FakeReplay Replay { get; } = new();

    public Action<IServiceCollection> Services { get; set; } = _ => { };

    public Action<WebApplication> Pipeline { get; set; } = _ => { };

    public Action<RouteGroupBuilder> Group { get; set; } = _ => { };

    public bool IsOpen { get; set; } = true;

    public HttpClient Client { get; private set; } = null!;

    public IServiceProvider Provided => _app!.Services;

    public async Task<ApiHost> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton<TimeProvider>(Time).AddSingleton<IItemCatalog>(Store).AddSingleton<IPriceHistory>(Store);
        builder.Services.AddSingleton<IVolatilityCache>(Figures).AddSingleton<IRunLog>(Runs).AddSingleton<IIngestionControl>(Control);
        builder.Services.AddSingleton<IDeadLetterLog>(DeadLetters).AddSingleton<IDeadLetterReplay>(Replay);
        if (Snapshots is not null)
        {
            builder.Services.AddSingleton<ISnapshotReader>(Snapshots);
        }

        if (IsOpen)
        {
            builder.Services.AddAuthorizationBuilder().AddPolicy(TraceraPolicies.Operate, policy => policy.RequireAssertion(_ => true));
        }

        builder.Services.AddTracera().AddApi();
        Services(builder.Services);
        _app = builder.Build();
        Pipeline(_app);
        Group(_app.MapTraceraApi());
        _app.MapTraceraHealth();
        _app.MapTraceraOpenApi();
        await _app.StartAsync();
        Client = _app.GetTestClient();
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }
}
