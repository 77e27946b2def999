using Microsoft.Extensions.Options;

namespace Tracera.Ingestion;

/// <summary>Holds the options of each provider to their bounds.</summary>
internal sealed class ProviderOptionsValidator : IValidateOptions<ProviderOptions>
{
    public const string EnabledAllowed = "true or false";
    public const string IntervalAllowed = "00:00:00.1 to 7.00:00:00";
    public const string JitterAllowed = "0 to 0.5";
    public const string ProgressTimeoutAllowed = "00:00:01 to 01:00:00";
    private const double MaxJitter = 0.5;
    private static readonly TimeSpan MinInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MaxInterval = TimeSpan.FromDays(7);
    private static readonly TimeSpan MinProgressTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxProgressTimeout = TimeSpan.FromHours(1);

    public static string Path(string name) => $"{ProviderOptions.SectionName}:{name}";

    public static OptionFaults Faults(string name, ProviderOptions options) => new OptionFaults(Path(name))
        .Require(options.Interval >= MinInterval && options.Interval <= MaxInterval, nameof(options.Interval), options.Interval, IntervalAllowed)
        .Require(options.Jitter is >= 0 and <= MaxJitter, nameof(options.Jitter), options.Jitter, JitterAllowed)
        .Require(
            options.ProgressTimeout >= MinProgressTimeout && options.ProgressTimeout <= MaxProgressTimeout,
            nameof(options.ProgressTimeout),
            options.ProgressTimeout,
            ProgressTimeoutAllowed)
        .Require(
            string.IsNullOrEmpty(options.Currency) || Currency.TryParse(options.Currency, out _),
            nameof(options.Currency),
            options.Currency,
            "a code of 3 to 8 letters or digits such as USD, or empty for USD")
        .Require(!options.Items.Any(string.IsNullOrWhiteSpace), nameof(options.Items), "", "names that are not empty");

    public ValidateOptionsResult Validate(string? name, ProviderOptions options) =>
        string.IsNullOrEmpty(name) ? ValidateOptionsResult.Skip : Faults(name, options).Result;
}
