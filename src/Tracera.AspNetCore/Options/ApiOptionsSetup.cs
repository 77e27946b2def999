using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Tracera.AspNetCore;

/// <summary>Reads <see cref="ApiOptions"/> from the configuration, if the app has one.</summary>
internal sealed class ApiOptionsSetup(IServiceProvider services) : IPostConfigureOptions<ApiOptions>
{
    public void PostConfigure(string? name, ApiOptions options)
    {
        try
        {
            services.GetService<IConfiguration>()?.GetSection(ApiOptions.SectionName).Bind(options);
        }
        catch (InvalidOperationException exception)
        {
            throw new OptionsValidationException(nameof(ApiOptions), typeof(ApiOptions), [exception.Message]);
        }
    }
}
