using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Tracera.AspNetCore;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the REST API's services.</summary>
public static class TraceraBuilderApiExtensions
{
    /// <summary>Adds what the endpoints of <c>MapTraceraApi()</c>, <c>MapTraceraHealth()</c> and <c>MapTraceraOpenApi()</c> need.</summary>
    /// <remarks>
    /// The packages' health checks join those of the app, for its own <c>MapHealthChecks()</c>. Defines the policies of <see cref="TraceraPolicies"/> that the app has not defined itself. May be called more than once; options are configured under
    /// <c>Tracera:Api</c>.
    /// </remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets options in code; configuration overrides them.</param>
    /// <returns>The builder.</returns>
    public static ITraceraBuilder AddApi(this ITraceraBuilder builder, Action<ApiOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        var options = services.AddOptions<ApiOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<ApiOptions>, ApiOptionsSetup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ApiOptions>, ApiOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<HealthCheckServiceOptions>, AppHealthChecks>());
        services.AddAuthorization();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<AuthorizationOptions>, DefaultPolicies>());
        services.TryAddSingleton<Outage>();
        services.TryAddSingleton<SourceDirectory>();
        services.TryAddSingleton<LatestPrices>();
        services.TryAddSingleton<PriceRows>();
        services.TryAddSingleton<NewestSeries>();
        services.TryAddSingleton<DayChanges>();
        services.TryAddSingleton<RankableFigures>();
        services.TryAddSingleton<BandReader>();
        services.TryAddSingleton<HistorySeries>();
        services.TryAddSingleton<TickRange>();
        services.TryAddSingleton<ReadinessChecks>();
        return builder.AddDocument();
    }

    private static ITraceraBuilder AddDocument(this ITraceraBuilder builder)
    {
        if (!builder.Services.Any(service => service.ServiceType == typeof(DocumentMarker)))
        {
            builder.Services.AddSingleton<DocumentMarker>();
            builder.Services.AddOpenApi(ApiDocument.Name, ApiDocument.Configure);

            // Behind the app's own resolvers, only so that the document's schemas are known without reflection; answers use options of their own.
            builder.Services.Configure<JsonOptions>(static json =>
            {
                var chain = json.SerializerOptions.TypeInfoResolverChain;
                chain.Add(ItemsJson.Shared);
                chain.Add(HistoryJson.Shared);
                chain.Add(PricesJson.Shared);
                chain.Add(VolatilityJson.Shared);
                chain.Add(RunsJson.Shared);
                chain.Add(ProvidersJson.Shared);
                chain.Add(PipelineJson.Shared);
                chain.Add(DeadLettersJson.Shared);
                chain.Add(HealthJson.Shared);
                chain.Add(ProblemJson.Shared);
            });
        }

        return builder;
    }

    private sealed class DocumentMarker;
}
