using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tracera.Ingestion;

/// <summary>Makes runners.</summary>
internal sealed class RunnerFactory(
    IServiceProvider services, IngestChannel channel, RunTracker tracker, OwnThreads threads, IOptions<IngestionOptions> options, TimeProvider time, ILogger<ProviderRunner> logger)
{
    public ProviderRunner Create(string provider)
    {
        var normalizer = new PriceNormalizer(
            provider, services.GetRequiredService<IItemCatalog>(), Mapper(), options.Value, time, logger);
        var parts = new RunnerParts(
            options.Value, new PriceChecks(options.Value), normalizer, new Deduplicator(options.Value), channel, tracker, threads, time);
        return new ProviderRunner(provider, parts, logger);
    }

    private IItemMapper? Mapper() => services.GetServices<IItemMapper>().ToArray() switch
    {
        [] => null,
        [var only] => only,
        var several => new MapperChain(several),
    };
}
