using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using static Tracera.Ingestion.ProviderOptionsValidator;

namespace Tracera.Ingestion;

/// <summary>Reads the options of each provider from <c>Tracera:Providers:&lt;name&gt;</c>, which overrides code.</summary>
internal sealed class ProviderOptionsSetup(IServiceProvider services) : IPostConfigureOptions<ProviderOptions>
{
    public void PostConfigure(string? name, ProviderOptions options)
    {
        if (string.IsNullOrEmpty(name))
        {
            return;
        }

        var reader = new SectionReader(services.GetService<IConfiguration>(), Path(name));
        options.Enabled = reader.Read(nameof(options.Enabled), options.Enabled, EnabledAllowed);
        options.Interval = reader.Read(nameof(options.Interval), options.Interval, IntervalAllowed);
        options.Jitter = reader.Read(nameof(options.Jitter), options.Jitter, JitterAllowed);
        options.ProgressTimeout = reader.Read(nameof(options.ProgressTimeout), options.ProgressTimeout, ProgressTimeoutAllowed);
        options.Currency = reader.ReadText(nameof(options.Currency), options.Currency);
        reader.ReadList(nameof(options.Items), options.Items);
        if (reader.Faults.Count > 0)
        {
            throw new OptionsValidationException(name, typeof(ProviderOptions), [.. reader.Faults, .. Faults(name, options).Lines]);
        }
    }
}
