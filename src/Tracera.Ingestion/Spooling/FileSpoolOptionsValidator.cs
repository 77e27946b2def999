using Microsoft.Extensions.Options;

namespace Tracera.Ingestion;

/// <summary>Holds <see cref="FileSpoolOptions"/> to their bounds.</summary>
internal sealed class FileSpoolOptionsValidator : IValidateOptions<FileSpoolOptions>
{
    public const string CapacityAllowed = "16777216 to 1099511627776 bytes";
    private const long MinCapacity = 16L * 1024 * 1024;
    private const long MaxCapacity = 1024L * 1024 * 1024 * 1024;

    public ValidateOptionsResult Validate(string? name, FileSpoolOptions options) => new OptionFaults(FileSpoolOptions.SectionName)
        .Require(!string.IsNullOrWhiteSpace(options.Folder), nameof(options.Folder), options.Folder, "the path of a folder")
        .Require(options.Capacity is >= MinCapacity and <= MaxCapacity, nameof(options.Capacity), options.Capacity, CapacityAllowed)
        .Result;
}
