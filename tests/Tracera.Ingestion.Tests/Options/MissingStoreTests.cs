using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Tracera.Ingestion.Tests.Options;

public sealed class MissingStoreTests
{
    [Fact]
    public async Task Start_NoStore_SaysWhatToAdd()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddTracera().AddIngestion().AddIngestion();
        using var host = builder.Build();

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal(
            [
                "No IItemCatalog is registered; add a store, for example AddSqlite().",
                "No IRunLog is registered; add a store, for example AddSqlite().",
                "No IProviderLeases is registered; add a store, for example AddSqlite().",
                "No durable sink is registered; add a store, for example AddSqlite().",
            ],
            error.Failures);
    }
}
