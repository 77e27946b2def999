using Microsoft.Extensions.Options;

namespace Tracera.Ingestion;

/// <summary>Refuses bad values of <see cref="InProcessUpdatesOptions"/>.</summary>
internal sealed class InProcessUpdatesOptionsValidator : IValidateOptions<InProcessUpdatesOptions>
{
    private const int MaxQueueCapacity = 65_536;
    private const int MaxMaxSeries = 10_000_000;
    private const int MaxMaxPending = 1_000_000;
    private static readonly TimeSpan MinRetryInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MaxRetryInterval = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, InProcessUpdatesOptions options) =>
        new OptionFaults(InProcessUpdatesOptions.SectionName)
            .Require(options.QueueCapacity is >= 1 and <= MaxQueueCapacity, nameof(options.QueueCapacity), options.QueueCapacity, "1 to 65536")
            .Require(options.MaxSeries is >= 1 and <= MaxMaxSeries, nameof(options.MaxSeries), options.MaxSeries, "1 to 10000000")
            .Require(options.MaxPending is >= 0 and <= MaxMaxPending, nameof(options.MaxPending), options.MaxPending, "0 to 1000000")
            .Require(
                options.RetryInterval >= MinRetryInterval && options.RetryInterval <= MaxRetryInterval,
                nameof(options.RetryInterval),
                options.RetryInterval,
                "00:00:00.1 to 01:00:00")
            .Result;
}
