using Microsoft.Extensions.DependencyInjection;

namespace Tracera.Registration;

/// <summary>The builder that <c>AddTracera()</c> returns.</summary>
internal sealed class TraceraBuilder(IServiceCollection services) : ITraceraBuilder
{
    public IServiceCollection Services { get; } = services;
}
