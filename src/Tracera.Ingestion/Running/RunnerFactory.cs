using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tracera.Ingestion;

/// <summary>Makes runners.</summary>
internal sealed class RunnerFactory(
    IServiceProvider services,
    IngestChannel channel,
    RunTracker tracker,
    OwnThreads threads,
    AliasTable aliases,
    IOptions<IngestionOptions> options,
    TimeProvider time,
    ILogger<ProviderRunner> logger)
{
    private readonly BatchPublisher _publisher = new(channel, tracker);

    public ProviderRunner Create(string provider)
    {
        var catalog = services.GetRequiredService<IItemCatalog>();
        var own = services.GetServices<IItemMapper>().ToArray();
        PriceNormalizer Under(AliasSet set) => new(provider, catalog, Chain([.. own, set]), options.Value, time, logger);
        var parts = new RunnerParts(options.Value, new PriceChecks(options.Value), new Deduplicator(options.Value), _publisher, threads, time);
        return new ProviderRunner(provider, parts, new NameBook(aliases, Under), logger);
    }

    private static IItemMapper Chain(IItemMapper[] mappers) => mappers is [var only] ? only : new MapperChain(mappers);
}
