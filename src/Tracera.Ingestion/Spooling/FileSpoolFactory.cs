using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tracera.Ingestion;

/// <summary>Makes spools in files.</summary>
internal sealed class FileSpoolFactory(IOptions<FileSpoolOptions> options, ILogger<FileSpool> logger) : ISpoolFactory
{
    public ISpool Create(string sink) => new FileSpool(sink, new SpoolFolder(Path.Combine(options.Value.Folder!, sink)), options.Value.Capacity, logger);
}
