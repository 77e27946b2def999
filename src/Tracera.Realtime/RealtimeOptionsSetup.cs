using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Tracera.Realtime;

/// <summary>Reads <see cref="RealtimeOptions"/> from the configuration, if the app has one, over what code has set.</summary>
internal sealed class RealtimeOptionsSetup(IServiceProvider services) : IPostConfigureOptions<RealtimeOptions>
{
    public void PostConfigure(string? name, RealtimeOptions options)
    {
        try
        {
            services.GetService<IConfiguration>()?.GetSection(RealtimeOptions.SectionName).Bind(options);
        }
        catch (InvalidOperationException unreadable)
        {
            // The binder's message names the path, the value and the type.
            throw new OptionsValidationException(nameof(RealtimeOptions), typeof(RealtimeOptions), [unreadable.Message]);
        }
    }
}
