namespace Tracera.Ingestion;

/// <summary>Where the aliases of items are written; configured under <c>Tracera:ItemAliases</c>.</summary>
/// <remarks>Read once, at start. A file that is missing, cannot be read or contradicts itself stops the start with a line for each fault.</remarks>
public sealed class ItemAliasOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Tracera:ItemAliases";

    /// <summary>The path of a <c>.csv</c> or <c>.json</c> file, relative to the working folder. Default: empty, no aliases.</summary>
    public string File { get; set; } = "";
}
