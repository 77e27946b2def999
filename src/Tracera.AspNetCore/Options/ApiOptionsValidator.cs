using Microsoft.Extensions.Options;

namespace Tracera.AspNetCore;

/// <summary>Refuses bad values of <see cref="ApiOptions"/>.</summary>
internal sealed class ApiOptionsValidator : IValidateOptions<ApiOptions>
{
    private static readonly TimeSpan MinRetryAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromHours(1);
    private static readonly TimeSpan MinReadinessTimeout = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MaxReadinessTimeout = TimeSpan.FromMinutes(1);

    public ValidateOptionsResult Validate(string? name, ApiOptions options) =>
        new OptionFaults(ApiOptions.SectionName)
            .Require(
                options.RetryAfter >= MinRetryAfter && options.RetryAfter <= MaxRetryAfter,
                nameof(options.RetryAfter),
                options.RetryAfter,
                "00:00:01 to 01:00:00")
            .Require(
                options.ReadinessTimeout >= MinReadinessTimeout && options.ReadinessTimeout <= MaxReadinessTimeout,
                nameof(options.ReadinessTimeout),
                options.ReadinessTimeout,
                "00:00:00.1 to 00:01:00")
            .Require(
                options.Challenge is { Length: > 0 } && options.Challenge.All(c => c is >= ' ' and <= '~'),
                nameof(options.Challenge),
                options.Challenge,
                "printable ASCII, at least one character")
            .Result;
}
