using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Tracera.Ingestion;

/// <summary>Reads <see cref="InProcessUpdatesOptions"/> from the configuration, if the app has one.</summary>
internal sealed class InProcessUpdatesOptionsSetup(IServiceProvider services) : IPostConfigureOptions<InProcessUpdatesOptions>
{
    public void PostConfigure(string? name, InProcessUpdatesOptions options)
    {
        try
        {
            services.GetService<IConfiguration>()?.GetSection(InProcessUpdatesOptions.SectionName).Bind(options);
        }
        catch (InvalidOperationException exception)
        {
            // A text that is no number or time; the message names path, value and type.
            throw new OptionsValidationException(nameof(InProcessUpdatesOptions), typeof(InProcessUpdatesOptions), [exception.Message]);
        }
    }
}
