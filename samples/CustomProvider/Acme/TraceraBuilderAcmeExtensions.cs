using CustomProvider;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Acme.</summary>
public static class TraceraBuilderAcmeExtensions
{
    /// <summary>Adds Acme's quotes; configured under <c>Tracera:Providers:acme</c>.</summary>
    public static ITraceraBuilder AddAcme(this ITraceraBuilder builder, Action<AcmeOptions>? configure = null) =>
        builder.AddHttpProvider<AcmeProvider, AcmeOptions>("acme", configure, http => http.BaseAddress = new Uri("https://api.acme.example/v2/"));
}
