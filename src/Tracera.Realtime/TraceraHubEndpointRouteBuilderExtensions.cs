using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tracera.Realtime.Hub;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Gives the hub an address.</summary>
public static class TraceraHubEndpointRouteBuilderExtensions
{
    /// <summary>The path of the public contract.</summary>
    public const string DefaultPattern = "/api/v1/ws";

    /// <summary>Maps the WebSocket hub. The app need not call <c>UseWebSockets</c>.</summary>
    /// <param name="endpoints">The app.</param>
    /// <param name="pattern">The path. Default: <c>/api/v1/ws</c>.</param>
    /// <returns>The endpoint, to which the app adds its own conventions.</returns>
    /// <exception cref="InvalidOperationException"><c>AddRealtime</c> was not called.</exception>
    public static IEndpointConventionBuilder MapTraceraHub(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = DefaultPattern)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        if (endpoints.ServiceProvider.GetService<IServiceProviderIsService>()?.IsService(typeof(HubEndpoint)) == false)
        {
            throw new InvalidOperationException("MapTraceraHub needs the hub: call AddTracera().AddRealtime() on the services.");
        }

        var pipeline = endpoints.CreateApplicationBuilder()
            .UseWebSockets()
            .Use(_ => context => endpoints.ServiceProvider.GetRequiredService<HubEndpoint>().ServeAsync(context))
            .Build();
        return endpoints.Map(pattern, pipeline).WithDisplayName("Tracera hub");
    }
}
