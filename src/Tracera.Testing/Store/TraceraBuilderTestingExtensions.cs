using Microsoft.Extensions.DependencyInjection.Extensions;
using Tracera;
using Tracera.Testing;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds what tests use in place of servers.</summary>
public static class TraceraBuilderTestingExtensions
{
    /// <summary>Adds a store in memory as catalogue, runs, leases, history, dead letters and durable sink (named <c>store</c>).</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="store">The store, so that several hosts may share one; null for a new one.</param>
    /// <returns>The builder.</returns>
    public static ITraceraBuilder AddInMemoryStore(this ITraceraBuilder builder, InMemoryStore? store = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (services.Any(service => service.ServiceType == typeof(InMemoryStore)))
        {
            return builder;
        }

        store ??= new InMemoryStore();
        services.AddSingleton(store);
        services.TryAddSingleton<IItemCatalog>(store.Catalog);
        services.TryAddSingleton<IItemAliasStore>(store.Aliases);
        services.TryAddSingleton<IRunLog>(store.Runs);
        services.TryAddSingleton<IProviderLeases>(store.Leases);
        services.TryAddSingleton<IBackfillCursors>(store.Backfills);
        services.TryAddSingleton<IPriceHistory>(store.History);
        services.TryAddSingleton<IDeadLetterLog>(store.DeadLetters);
        return builder.AddSink(new SinkRegistration("store", _ => store.History, IsDurable: true));
    }

    /// <summary>Adds a bus in memory as publisher, source and snapshot of updates, fed by a sink (named <c>bus</c>).</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="bus">The bus, so that several hosts may share one; null for a new one.</param>
    /// <returns>The builder.</returns>
    public static ITraceraBuilder AddInMemoryBus(this ITraceraBuilder builder, InMemoryUpdateBus? bus = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (services.Any(service => service.ServiceType == typeof(InMemoryUpdateBus)))
        {
            return builder;
        }

        bus ??= new InMemoryUpdateBus();
        services.AddSingleton(bus);
        services.TryAddSingleton<IUpdatePublisher>(bus);
        services.TryAddSingleton<IUpdateSource>(bus);
        services.TryAddSingleton<ISnapshotReader>(bus);
        return builder.AddSink(new SinkRegistration("bus", _ => bus));
    }
}
