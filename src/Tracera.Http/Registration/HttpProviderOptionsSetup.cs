using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Tracera.Http;

/// <summary>Reads the <see cref="HttpProviderOptions"/> of every provider from the configuration, if the app has one.</summary>
internal sealed class HttpProviderOptionsSetup(IServiceProvider services) : IPostConfigureOptions<HttpProviderOptions>
{
    public void PostConfigure(string? name, HttpProviderOptions options)
    {
        if (services.GetService<IConfiguration>() is not { } configuration || string.IsNullOrEmpty(name))
        {
            return;
        }

        var section = configuration.GetSection(HttpProviderOptions.ClientName(name));
        if (section[nameof(options.BaseAddress)] is { } address && !Uri.TryCreate(address, UriKind.RelativeOrAbsolute, out _))
        {
            throw new OptionsValidationException(name, typeof(HttpProviderOptions), [HttpProviderOptionsValidator.BadBaseAddress(section.Path, address)]);
        }

        ConfiguredOptions.Read(name, typeof(HttpProviderOptions), () => section.Bind(options));
    }
}
