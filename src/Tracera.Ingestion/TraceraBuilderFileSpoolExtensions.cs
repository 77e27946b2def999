using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Tracera;
using Tracera.Ingestion;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds spools on disk.</summary>
public static class TraceraBuilderFileSpoolExtensions
{
    /// <summary>Adds spools in files, so that sinks may spill: what their queue has no room for goes to disk, is accepted there, and is read back in order.</summary>
    /// <remarks>A sink spills where its options say <see cref="SinkOverflow.Spill"/>, for example <c>Tracera:Sinks:store:Overflow = Spill</c>. May be called more than once.</remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets options in code; <c>Tracera:Spool</c> overrides them.</param>
    /// <returns>The builder.</returns>
    public static ITraceraBuilder AddFileSpool(this ITraceraBuilder builder, Action<FileSpoolOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = builder.Services.AddOptions<FileSpoolOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<FileSpoolOptions>, FileSpoolOptionsSetup>());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FileSpoolOptions>, FileSpoolOptionsValidator>());
        builder.Services.TryAddSingleton<ISpoolFactory, FileSpoolFactory>();
        return builder;
    }
}
