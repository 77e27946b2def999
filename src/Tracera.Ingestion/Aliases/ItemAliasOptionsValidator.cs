using Microsoft.Extensions.Options;

namespace Tracera.Ingestion;

/// <summary>Refuses a file of aliases that is not as it must be.</summary>
internal sealed class ItemAliasOptionsValidator : IValidateOptions<ItemAliasOptions>
{
    public ValidateOptionsResult Validate(string? name, ItemAliasOptions options)
    {
        var faults = new List<string>();
        if (options.File.Length > 0)
        {
            AliasFile.Read(options.File, faults);
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
