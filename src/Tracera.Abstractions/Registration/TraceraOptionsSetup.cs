using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Tracera.Registration;

/// <summary>Reads <see cref="TraceraOptions"/> from the configuration, if the app has one.</summary>
internal sealed class TraceraOptionsSetup(IServiceProvider services) : IPostConfigureOptions<TraceraOptions>
{
    public void PostConfigure(string? name, TraceraOptions options)
    {
        if (services.GetService<IConfiguration>()?.GetSection(TraceraOptions.SectionName) is not { } section)
        {
            return;
        }

        options.InstanceName = section[nameof(TraceraOptions.InstanceName)] ?? options.InstanceName;
        if (section[nameof(TraceraOptions.DrainTimeout)] is { } text)
        {
            options.DrainTimeout = TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var timeout)
                ? timeout
                : throw new OptionsValidationException(
                    nameof(TraceraOptions), typeof(TraceraOptions), [TraceraOptionsValidator.BadDrainTimeout(text)]);
        }
    }
}
