using Microsoft.Extensions.Options;

namespace Tracera.Ingestion;

/// <summary>Refuses a file of aliases that is not as it must be.</summary>
internal sealed class ItemAliasOptionsValidator(AliasRules rules) : IValidateOptions<ItemAliasOptions>
{
    public const string RefreshIntervalAllowed = "00:00:01 to 1.00:00:00";

    public ValidateOptionsResult Validate(string? name, ItemAliasOptions options)
    {
        var faults = new List<string>(new OptionFaults(ItemAliasOptions.SectionName)
            .Require(
                options.RefreshInterval >= TimeSpan.FromSeconds(1) && options.RefreshInterval <= TimeSpan.FromDays(1),
                nameof(options.RefreshInterval),
                options.RefreshInterval,
                RefreshIntervalAllowed)
            .Lines);
        if (options.File.Length > 0)
        {
            AliasFile.Read(options.File, rules, faults);
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
