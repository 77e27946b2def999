using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tracera;
using Tracera.AspNetCore;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the REST API.</summary>
public static class TraceraEndpointRouteBuilderExtensions
{
    /// <summary>The default address of the API.</summary>
    public const string DefaultPrefix = "/api/v1";

    /// <summary>The default address of the OpenAPI document.</summary>
    public const string DefaultOpenApiPattern = "/openapi/v1.json";

    /// <summary>Maps the endpoints of what the app runs: items, prices and history always, figures, runs, providers and dead letters where their services are registered.</summary>
    /// <remarks>
    /// Endpoints are guarded by the policies of <see cref="TraceraPolicies"/>; a refusal is answered with 401 or 403, never with a redirect. What the app adds to
    /// the group holds beside that.
    /// </remarks>
    /// <param name="endpoints">The app.</param>
    /// <param name="prefix">The address of the API. Default: <c>/api/v1</c>.</param>
    /// <returns>The group, to which the app adds its own authorization, rate limits or hosts.</returns>
    /// <exception cref="InvalidOperationException"><c>AddApi()</c> was not called, or no store is registered.</exception>
    public static RouteGroupBuilder MapTraceraApi(this IEndpointRouteBuilder endpoints, string prefix = DefaultPrefix)
    {
        var services = endpoints.RequireApi();
        services.Require<IItemCatalog>("a store, for example AddSqlite()");
        services.Require<IPriceHistory>("a store, for example AddSqlite()");
        var group = endpoints.MapGroup(prefix);
        group.DisableCookieRedirect();
        MapReading(group.Guarded(TraceraPolicies.Read), services);
        MapOperating(group.Guarded(TraceraPolicies.Operate), services);
        return group;
    }

    /// <summary>Maps <c>/health/live</c> (the process) and <c>/health/ready</c> (what it depends on), open to everyone.</summary>
    /// <param name="endpoints">The app.</param>
    /// <returns>The group of both.</returns>
    /// <exception cref="InvalidOperationException"><c>AddApi()</c> was not called.</exception>
    public static RouteGroupBuilder MapTraceraHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.RequireApi();
        var group = endpoints.MapGroup("");
        HealthEndpoints.Map(group);
        group.AllowAnonymous();
        return group;
    }

    /// <summary>Maps the OpenAPI document of the endpoints that are mapped.</summary>
    /// <param name="endpoints">The app.</param>
    /// <param name="pattern">Its address. Default: <c>/openapi/v1.json</c>.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="InvalidOperationException"><c>AddApi()</c> was not called.</exception>
    public static IEndpointConventionBuilder MapTraceraOpenApi(this IEndpointRouteBuilder endpoints, string pattern = DefaultOpenApiPattern)
    {
        endpoints.RequireApi();
        return endpoints.MapMethods(pattern, [HttpMethods.Get], (RequestDelegate)OpenApiEndpoint.WriteAsync).ExcludeFromDescription();
    }

    private static void MapReading(RouteGroupBuilder group, IServiceProviderIsService services)
    {
        ItemEndpoints.Map(group);
        HistoryEndpoints.Map(group);
        TickEndpoints.Map(group);
        PriceEndpoints.Map(group);
        if (services.IsService(typeof(IVolatilityCache)))
        {
            VolatilityEndpoints.Map(group);
            RankingEndpoints.Map(group);
        }
    }

    private static void MapOperating(RouteGroupBuilder group, IServiceProviderIsService services)
    {
        if (services.IsService(typeof(IRunLog)))
        {
            RunEndpoints.Map(group);
        }

        if (services.IsService(typeof(IIngestionControl)))
        {
            StartRunEndpoints.Map(group);
            ProviderEndpoints.Map(group);
            PipelineEndpoints.Map(group);
        }

        if (services.IsService(typeof(IDeadLetterLog)))
        {
            DeadLetterEndpoints.Map(group);
            if (services.IsService(typeof(IDeadLetterReplay)))
            {
                ReplayEndpoints.Map(group);
            }
        }
    }

    private static RouteGroupBuilder Guarded(this RouteGroupBuilder group, string policy)
    {
        var guarded = group.MapGroup("");
        ErrorBoundary.AddTo(guarded);
        AccessGate.AddTo(guarded, policy);
        return guarded;
    }

    private static IServiceProviderIsService RequireApi(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var services = endpoints.ServiceProvider.GetRequiredService<IServiceProviderIsService>();
        services.Require<ReadinessChecks>("AddTracera().AddApi()");
        return services;
    }

    private static void Require<T>(this IServiceProviderIsService services, string what)
    {
        if (!services.IsService(typeof(T)))
        {
            throw new InvalidOperationException($"Tracera's endpoints need {what}: nothing registers {typeof(T).Name}.");
        }
    }
}
