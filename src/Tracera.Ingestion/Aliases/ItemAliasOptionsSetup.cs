using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Tracera.Ingestion;

/// <summary>Reads <see cref="ItemAliasOptions"/> from the configuration, which overrides code.</summary>
internal sealed class ItemAliasOptionsSetup(IServiceProvider services) : IPostConfigureOptions<ItemAliasOptions>
{
    public void PostConfigure(string? name, ItemAliasOptions options) =>
        options.File = new SectionReader(services.GetService<IConfiguration>(), ItemAliasOptions.SectionName).ReadText(nameof(options.File), options.File);
}
