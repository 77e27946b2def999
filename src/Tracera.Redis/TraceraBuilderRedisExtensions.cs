using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tracera;
using Tracera.Redis;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Redis.</summary>
public static class TraceraBuilderRedisExtensions
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WriteTimeout = TimeSpan.FromSeconds(15);

    /// <summary>Keeps latest prices, figures and rankings in Redis, and carries live updates between all hosts that share it.</summary>
    /// <remarks>
    /// Registers the sink <c>redis</c>, <see cref="IUpdateSource"/>, <see cref="IUpdatePublisher"/>, <see cref="ISnapshotReader"/> and <see cref="IVolatilityCache"/> in
    /// place of others. An <c>IConnectionMultiplexer</c> of the app is used and never disposed; without one, a connection is made of <see cref="RedisOptions"/>. A Redis that
    /// is away never stops the start, and everything in it is filled again from the store. May be called more than once.
    /// </remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets options in code; the section <c>Tracera:Redis</c> overrides them.</param>
    /// <returns>The builder.</returns>
    public static ITraceraBuilder AddRedis(this ITraceraBuilder builder, Action<RedisOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        AddOptions(builder.Services, configure);
        if (builder.Services.Any(static service => service.ServiceType == typeof(RedisConnection)))
        {
            return builder;
        }

        AddParts(builder.Services);
        AddContracts(builder.Services);
        return builder
            .AddComponent<RedisComponent>(RedisPriceSink.Name, Stages.Bus)
            .AddReadinessCheck<RedisReadiness>(RedisPriceSink.Name)
            .AddSink(new SinkRegistration(RedisPriceSink.Name, static services => services.GetRequiredService<RedisPriceSink>(), Configure: ConfigureSink));
    }

    // A sink that is soon back after an outage is worth more than a rare try: what it missed is conflated.
    private static void ConfigureSink(SinkOptions sink)
    {
        sink.Overflow = SinkOverflow.Conflate;
        sink.MaximumBackoff = LongestPause;
        sink.WriteTimeout = WriteTimeout;
    }

    private static void AddOptions(IServiceCollection services, Action<RedisOptions>? configure)
    {
        var options = services.AddOptions<RedisOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<RedisOptions>, RedisOptionsSetup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RedisOptions>, RedisOptionsValidator>());
    }

    private static void AddParts(IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<RedisMeter>().AddSingleton<RedisLayout>().AddSingleton<RedisConnection>().AddSingleton<RedisState>();
        services.AddSingleton<ShardStreams>().AddSingleton<SourceBook>().AddSingleton<RefillState>();
        services.AddSingleton<LatestWriter>().AddSingleton<DueTicks>().AddSingleton<RedisPriceSink>();
        services.AddSingleton<LocalLatest>().AddSingleton<UpdateFeed>().AddSingleton<UpdateListener>();
        services.AddSingleton<FigureStore>().AddSingleton<RankingStore>().AddSingleton<FigureRanking>().AddSingleton<FigureMemory>().AddSingleton<RedisVolatilityCache>();
        services.AddSingleton<PositionReader>().AddSingleton<LatestReader>().AddSingleton<RedisSourceCache>();
        services.AddSingleton<RedisComponent>().AddSingleton<RedisReadiness>();
        services.AddSingleton(static services => new SourceLearner(
            services.GetRequiredService<RedisConnection>(),
            services.GetRequiredService<SourceBook>(),
            services.GetRequiredService<LatestReader>(),
            services.GetService<IItemCatalog>(),
            services.GetRequiredService<IOptions<RedisOptions>>(),
            services.GetRequiredService<TimeProvider>()));
        services.AddSingleton(static services => new Refiller(
            services.GetService<IPriceHistory>() is { } history ? ActivatorUtilities.CreateInstance<StoreOffer>(services, history) : null,
            services.GetRequiredService<RedisVolatilityCache>(),
            services.GetRequiredService<RedisSourceCache>(),
            services.GetService<IItemCatalog>(),
            services.GetRequiredService<RefillState>(),
            services.GetRequiredService<IOptions<RedisOptions>>(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<Refiller>>()));
    }

    private static void AddContracts(IServiceCollection services)
    {
        services.Replace(ServiceDescriptor.Singleton<IUpdateSource, RedisUpdateSource>());
        services.Replace(ServiceDescriptor.Singleton<IUpdatePublisher, RedisUpdatePublisher>());
        services.Replace(ServiceDescriptor.Singleton<ISourceCache>(static services => services.GetRequiredService<RedisSourceCache>()));
        services.Replace(ServiceDescriptor.Singleton<IVolatilityCache>(static services => services.GetRequiredService<RedisVolatilityCache>()));
        services.Replace(ServiceDescriptor.Singleton<ISnapshotReader>(static services => new RedisSnapshotReader(
            services.GetRequiredService<LatestReader>(),
            services.GetRequiredService<SourceLearner>(),
            services.GetRequiredService<ShardStreams>(),
            services.GetRequiredService<RedisState>(),
            services.GetRequiredService<RefillState>(),
            services.GetRequiredService<RedisMeter>(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<IVolatilityCache>(),
            services.GetService<IPriceHistory>())));
    }
}
