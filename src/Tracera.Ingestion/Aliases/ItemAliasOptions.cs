namespace Tracera.Ingestion;

/// <summary>Where the aliases of items are written; configured under <c>Tracera:ItemAliases</c>.</summary>
/// <remarks>The file is read once, at start. A file that is missing, cannot be read, contradicts itself, or names what cannot be an item or a provider that is not registered stops the start with a line for each fault.</remarks>
public sealed class ItemAliasOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Tracera:ItemAliases";

    /// <summary>The default of <see cref="RefreshInterval"/>.</summary>
    public static readonly TimeSpan DefaultRefreshInterval = TimeSpan.FromMinutes(1);

    /// <summary>The path of a <c>.csv</c> or <c>.json</c> file, relative to the working folder. Default: empty, no aliases.</summary>
    public string File { get; set; } = "";

    /// <summary>How often the store's table of aliases is read again, for what other hosts have changed, 1 s to 1 day. Default: 1 min.</summary>
    public TimeSpan RefreshInterval { get; set; } = DefaultRefreshInterval;
}
