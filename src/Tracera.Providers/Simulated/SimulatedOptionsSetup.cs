using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Tracera.Providers;

/// <summary>Reads <see cref="SimulatedOptions"/> from the configuration, if the app has one.</summary>
internal sealed class SimulatedOptionsSetup(IServiceProvider services) : IPostConfigureOptions<SimulatedOptions>
{
    public void PostConfigure(string? name, SimulatedOptions options)
    {
        try
        {
            services.GetService<IConfiguration>()?.GetSection($"{ProviderOptions.SectionName}:{name}").Bind(options);
        }
        catch (InvalidOperationException fault)
        {
            throw new OptionsValidationException(name ?? string.Empty, typeof(SimulatedOptions), [$"{fault.Message} Allowed: a value of that type."]);
        }
    }
}
