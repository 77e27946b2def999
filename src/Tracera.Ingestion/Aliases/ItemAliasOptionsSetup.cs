using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Tracera.Ingestion;

/// <summary>Reads <see cref="ItemAliasOptions"/> from the configuration, which overrides code.</summary>
internal sealed class ItemAliasOptionsSetup(IServiceProvider services) : IPostConfigureOptions<ItemAliasOptions>
{
    public void PostConfigure(string? name, ItemAliasOptions options)
    {
        var reader = new SectionReader(services.GetService<IConfiguration>(), ItemAliasOptions.SectionName);
        options.File = reader.ReadText(nameof(options.File), options.File);
        options.RefreshInterval = reader.Read(nameof(options.RefreshInterval), options.RefreshInterval, ItemAliasOptionsValidator.RefreshIntervalAllowed);
        if (reader.Faults.Count > 0)
        {
            throw new OptionsValidationException(nameof(ItemAliasOptions), typeof(ItemAliasOptions), reader.Faults);
        }
    }
}
