using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Tracera.Redis.Tests.Hosting;

namespace Tracera.Redis.Tests.Options;

/// <summary>The access control list of the package's README is enough for everything, and secrets stay out of the log.</summary>
public sealed class AccessControlTests
{
    private const string Password = "correct-horse-battery";

    [Fact]
    public async Task Host_WithTheLeastRights_DoesEverythingAndLogsNoSecret()
    {
        await using var server = await RedisServers.StartAsync();
        var rights = ReadRights();
        await server.RunAsync("ACL", "SETUSER", "admin", "on", $">{Password}", "~*", "&*", "+@all");
        Assert.Equal("OK", await server.RunAsync(["ACL", "SETUSER", "default", "reset", "on", $">{Password}", .. rights.Replace("<prefix>", "acl:", StringComparison.Ordinal).Split(' ')]));
        var log = new LinesLog();
        await using var host = await RedisHost.StartAsync(
            $"{server.Endpoint},password={Password}", "acl:", add: services => services.AddSingleton<ILoggerProvider>(log));
        await using var updates = await host.Source.SubscribeAsync(RedisHost.Token);

        Assert.Equal(new WriteOutcome(1), await host.WriteAsync(host.Tick(1, 1m)));
        Assert.Equal(new WriteOutcome(0, Duplicate: 1), await host.WriteAsync((await host.LatestAsync())[0]));
        Assert.Equal([1m], (await host.Reader.ReadAsync([new ItemId(1)], RedisHost.Token)).Prices.Select(tick => tick.Price));
        var figure = new VolatilitySnapshot(
            new SeriesKey(new ItemId(1), new SourceId(1)), Window.Hour1, 3, 1, [MetricFields.VolatilityScore], new[] { 0.5 }, TimeProvider.System.GetUtcNow());
        await host.Cache.StoreAsync([figure], RedisHost.Token);
        await host.Publisher.PublishAsync([figure], RedisHost.Token);
        Assert.Single(await host.Cache.RankAsync(new RankingQuery(Window.Hour1, 1), RedisHost.Token));
        await updates.ReadAsync(RedisHost.Token).TakeUntilAsync(batch => batch.Volatility.Count > 0);
        await Eventually.HoldsAsync(async () => (await host.ReadinessAsync()).Status == HealthStatus.Healthy, TimeSpan.FromSeconds(10), "Readiness");
        Assert.NotEmpty(log.Lines);
        Assert.DoesNotContain(log.Lines, line => line.Contains(Password, StringComparison.Ordinal));

        // With one right less it is told apart from an outage.
        Assert.Equal("OK", await server.RunAsync("--user", "admin", "-a", Password, "--no-auth-warning", "ACL", "SETUSER", "default", "-hset"));
        var refused = await Assert.ThrowsAsync<SinkException>(() => host.WriteAsync(host.Tick(2, 1m)).AsTask());
        Assert.Equal(SinkFailure.Misconfigured, refused.Failure);

        // Whoever asks for readiness reads the code, the log has the server's words.
        Assert.Equal("OK", await server.RunAsync("--user", "admin", "-a", Password, "--no-auth-warning", "ACL", "SETUSER", "default", "-@scripting"));
        await Eventually.HoldsAsync(async () => (await host.ReadinessAsync()).Status != HealthStatus.Healthy, TimeSpan.FromSeconds(20), "Readiness without a right");
        Assert.Matches(@"the server refuses \([A-Z]+\); the log says why$", (await host.ReadinessAsync()).Description);
    }

    // The line of the README that begins with the keys' pattern.
    private static string ReadRights() => File.ReadLines(Path.Combine(AppContext.BaseDirectory, "README.md")).First(line => line.StartsWith("~<prefix>", StringComparison.Ordinal));

    private sealed class LinesLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
