using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Tracera.AspNetCore;

/// <summary>Gives the checks that the packages have added to the app's own health checks too, so that its <c>MapHealthChecks()</c> runs them, tagged <see cref="TraceraTelemetry.ReadinessTag"/>.</summary>
/// <remarks>A name that the app uses itself stays the app's.</remarks>
internal sealed class AppHealthChecks(IEnumerable<HealthCheckRegistration> registrations) : IPostConfigureOptions<HealthCheckServiceOptions>
{
    public void PostConfigure(string? name, HealthCheckServiceOptions options)
    {
        foreach (var check in registrations.Where(check => options.Registrations.All(known => known.Name != check.Name)))
        {
            options.Registrations.Add(check);
        }
    }
}
