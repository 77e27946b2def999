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
    /// <remarks>
    /// Where the app has the policy <c>tracera:read</c>, it guards the handshake as it guards the REST API: who is refused gets 401 or 403. Not so where
    /// <see cref="Tracera.Realtime.RealtimeOptions.RequireAuthentication"/> asks for a token as the first message.
    /// </remarks>
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
