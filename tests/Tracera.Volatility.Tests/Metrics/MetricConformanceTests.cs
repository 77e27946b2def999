using Microsoft.Extensions.DependencyInjection;
using Tracera.Testing;

namespace Tracera.Volatility.Tests.Metrics;

/// <summary>Every metric that comes with the package under the contract of every metric.</summary>
public sealed class MetricConformanceTests
{
    [Fact]
    public async Task Metrics_OfThePackage_KeepEveryRule()
    {
        var services = new ServiceCollection();
        services.AddTracera().AddVolatility(options => options.Enabled = false);
        await using var provider = services.BuildServiceProvider();
        var metrics = provider.GetServices<MetricRegistration>().Select(registration => registration.Factory(provider)).ToList();

        Assert.Equal(8, metrics.Count);
        foreach (var metric in metrics)
        {
            await MetricConformance.For(metric).VerifyAsync(TestContext.Current.CancellationToken);
        }
    }
}
