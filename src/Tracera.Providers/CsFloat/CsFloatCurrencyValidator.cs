using Microsoft.Extensions.Options;

namespace Tracera.Providers;

/// <summary>Refuses another currency than the one in which CSFloat answers: nothing is converted.</summary>
internal sealed class CsFloatCurrencyValidator(string provider) : IValidateOptions<ProviderOptions>
{
    public ValidateOptionsResult Validate(string? name, ProviderOptions options) =>
        name != provider
            ? ValidateOptionsResult.Skip
            : new OptionFaults($"{ProviderOptions.SectionName}:{provider}")
                .Require(
                    string.IsNullOrEmpty(options.Currency) || options.Currency.Equals(Currency.Usd.Code, StringComparison.OrdinalIgnoreCase),
                    nameof(options.Currency),
                    options.Currency,
                    "USD, the only currency of CSFloat")
                .Result;
}
