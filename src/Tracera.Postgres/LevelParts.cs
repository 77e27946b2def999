using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Tracera.Postgres;

/// <summary>Registers the levels, their readers and retention.</summary>
internal static class LevelParts
{
    public static ITraceraBuilder AddLevels(this ITraceraBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<PlainRoll>();
        services.AddSingleton<TimescaleRoll>();
        services.AddSingleton<LevelRoller>();
        services.AddSingleton<DayIndexes>();
        services.AddSingleton<PartitionKeeper>();
        services.AddSingleton<RetentionPass>();
        services.AddSingleton<StoreKeeper>();
        services.TryAddSingleton<IPriceHistory, PostgresPriceHistory>();
        services.TryAddSingleton<IBackfillCursors, PostgresBackfillCursors>();
        return builder
            .AddComponent<LevelRoller>("postgres-levels", Stages.Store)
            .AddComponent<StoreKeeper>("postgres-retention", Stages.Store);
    }
}
