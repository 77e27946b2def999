using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tracera.AspNetCore.Tests;

public sealed class HealthTests
{
    private static ApiHost NewHost(params (string Name, Func<CancellationToken, Task<HealthCheckResult>> Check)[] checks) => new()
    {
        Services = services =>
        {
            foreach (var (name, check) in checks)
            {
                services.AddSingleton(new HealthCheckRegistration(name, _ => new FakeCheck(check), HealthStatus.Unhealthy, [TraceraTelemetry.ReadinessTag]));
            }

            services.AddSingleton(new HealthCheckRegistration("foreign", _ => throw new InvalidOperationException(), HealthStatus.Unhealthy, []));
        },
    };

    private static Task<HealthCheckResult> Fine(CancellationToken cancellationToken) => Task.FromResult(HealthCheckResult.Healthy());

    [Fact]
    public async Task Ready_WhenAllIsWell_Answers200()
    {
        await using var host = await NewHost(("sqlite", Fine), ("bus", _ => Task.FromResult(HealthCheckResult.Degraded("slow")))).StartAsync();

        Answers.IsJson(
            """{"status":"Degraded","entries":{"bus":{"status":"Degraded","description":"slow"},"sqlite":{"status":"Healthy","description":null}}}""",
            await host.ReadAsync("/health/ready"));
    }

    [Fact]
    public async Task Ready_WhileACheckFails_Answers503WithEveryEntryAndLiveStays200()
    {
        await using var host = await NewHost(
            ("a", Fine),
            ("b", _ => Task.FromResult(HealthCheckResult.Unhealthy("disk full"))),
            ("c", _ => throw new InvalidOperationException("secret")),
            ("d", _ => Task.FromResult(HealthCheckResult.Unhealthy("away", new InvalidOperationException("secret"))))).StartAsync();

        Answers.IsJson(
            """
            {"status":"Unhealthy","entries":{"a":{"status":"Healthy","description":null},"b":{"status":"Unhealthy","description":"disk full"},
             "c":{"status":"Unhealthy","description":"The check failed with an error; the log says which."},
             "d":{"status":"Unhealthy","description":"away"}}}
            """,
            await host.ReadAsync("/health/ready", HttpStatusCode.ServiceUnavailable));
        Answers.IsJson("""{"status":"Healthy","entries":{}}""", await host.ReadAsync("/health/live"));
    }

    [Fact]
    public async Task Checks_OfThePackages_JoinThoseOfTheApp()
    {
        await using var host = NewHost(("sqlite", Fine));
        host.Services += services => services.AddHealthChecks().AddCheck("own", () => HealthCheckResult.Healthy());
        await host.StartAsync();

        var report = await host.Provided.GetRequiredService<HealthCheckService>().CheckHealthAsync(
            check => check.Name != "foreign", TestContext.Current.CancellationToken);

        Assert.Equal(["own", "sqlite"], report.Entries.Keys.Order());
        Assert.Contains(TraceraTelemetry.ReadinessTag, report.Entries["sqlite"].Tags);
    }

    [Theory]
    [InlineData("/health/live", HttpStatusCode.OK)]
    [InlineData("/health/ready", HttpStatusCode.ServiceUnavailable)]
    public async Task Head_OfHealth_AnswersTheStatusAlone(string path, HttpStatusCode status)
    {
        await using var host = await NewHost(("b", _ => Task.FromResult(HealthCheckResult.Unhealthy("disk full")))).StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Head, path);

        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task Ready_WhileACheckHangs_Answers503AtTheDeadline()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await NewHost(("stuck", _ =>
        {
            entered.SetResult();
            return new TaskCompletionSource<HealthCheckResult>().Task;
        })).StartAsync();

        var answer = host.ReadAsync("/health/ready", HttpStatusCode.ServiceUnavailable);
        await entered.Task.WaitAsync(TestContext.Current.CancellationToken);
        host.Time.Advance(ApiOptions.DefaultReadinessTimeout);

        Assert.Contains("did not end within 00:00:05", await answer, StringComparison.Ordinal);
    }

    private sealed class FakeCheck(Func<CancellationToken, Task<HealthCheckResult>> check) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => check(cancellationToken);
    }
}
