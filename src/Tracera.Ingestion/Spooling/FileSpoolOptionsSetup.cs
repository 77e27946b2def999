using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Tracera.Ingestion;

/// <summary>Reads <see cref="FileSpoolOptions"/> from the configuration, which overrides code.</summary>
internal sealed class FileSpoolOptionsSetup(IServiceProvider services) : IPostConfigureOptions<FileSpoolOptions>
{
    private const string SharedDataFolderKey = "Tracera:DataFolder";
    private const string DefaultDataFolder = "data";
    private const string DefaultFolder = "spool";

    public void PostConfigure(string? name, FileSpoolOptions options)
    {
        var configuration = services.GetService<IConfiguration>();
        var reader = new SectionReader(configuration, FileSpoolOptions.SectionName);
        options.Folder = reader.ReadText(nameof(options.Folder), options.Folder ?? Path.Combine(configuration?[SharedDataFolderKey] ?? DefaultDataFolder, DefaultFolder));
        options.Capacity = reader.Read(nameof(options.Capacity), options.Capacity, FileSpoolOptionsValidator.CapacityAllowed);
        if (reader.Faults.Count > 0)
        {
            throw new OptionsValidationException(nameof(FileSpoolOptions), typeof(FileSpoolOptions), reader.Faults);
        }
    }
}
