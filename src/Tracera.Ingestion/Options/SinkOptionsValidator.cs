using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Tracera.Ingestion;

/// <summary>Holds the options of each sink to their bounds.</summary>
internal sealed class SinkOptionsValidator(IEnumerable<SinkRegistration> sinks, IServiceProvider services) : IValidateOptions<SinkOptions>
{
    public const string SectionName = "Tracera:Sinks";
    public const string QueueCapacityAllowed = "1 to 65536";
    public const string WriteTimeoutAllowed = "00:00:00.1 to 01:00:00";
    public const string MinimumBackoffAllowed = "00:00:00.001 to MaximumBackoff";
    public const string MaximumBackoffAllowed = "00:00:00.001 to 01:00:00";
    public const string MergeTicksAllowed = "0 to 65536";
    public const string MergeBytesAllowed = "1024 to 67108864";
    public const string MergeAgeAllowed = "00:00:00 to 00:01:00";
    public const string BackfillShareAllowed = "0.01 to 1";
    private const double MinBackfillShare = 0.01;
    private const int MinMergeBytes = 1024;
    private const int MaxMergeBytes = 64 * 1024 * 1024;
    private const int MaxQueueCapacity = 65_536;
    private static readonly TimeSpan MinWriteTimeout = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MinBackoff = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestMerge = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public static string Path(string name) => $"{SectionName}:{name}";

    public static bool IsDurable(IEnumerable<SinkRegistration> sinks, string name) => sinks.Any(sink => sink.Name == name && sink.IsDurable);

    public static bool HasSpools(IServiceProvider services) => services.GetService<IServiceProviderIsService>()?.IsService(typeof(ISpoolFactory)) == true;

    public static OptionFaults Faults(string name, SinkOptions options, bool isDurable, bool hasSpools) => new OptionFaults(Path(name))
        .Require(options.QueueCapacity is >= 1 and <= MaxQueueCapacity, nameof(options.QueueCapacity), options.QueueCapacity, QueueCapacityAllowed)
        .Require(
            options.Overflow == SinkOverflow.Wait || (options.Overflow == SinkOverflow.Conflate && !isDurable) || (options.Overflow == SinkOverflow.Spill && hasSpools),
            nameof(options.Overflow),
            options.Overflow,
            (isDurable ? "Wait" : "Wait, Conflate") + (hasSpools ? ", Spill" : "; and Spill with AddFileSpool()") + (isDurable ? " (a durable sink never conflates)" : ""))
        .Require(options.MergeTicks is >= 0 and <= MaxQueueCapacity, nameof(options.MergeTicks), options.MergeTicks, MergeTicksAllowed)
        .Require(options.MergeBytes is >= MinMergeBytes and <= MaxMergeBytes, nameof(options.MergeBytes), options.MergeBytes, MergeBytesAllowed)
        .Require(options.MergeAge >= TimeSpan.Zero && options.MergeAge <= LongestMerge, nameof(options.MergeAge), options.MergeAge, MergeAgeAllowed)
        .Require(options.BackfillShare is >= MinBackfillShare and <= 1, nameof(options.BackfillShare), options.BackfillShare, BackfillShareAllowed)
        .Require(
            options.WriteTimeout >= MinWriteTimeout && options.WriteTimeout <= Longest, nameof(options.WriteTimeout), options.WriteTimeout, WriteTimeoutAllowed)
        .Require(
            options.MaximumBackoff >= MinBackoff && options.MaximumBackoff <= Longest,
            nameof(options.MaximumBackoff),
            options.MaximumBackoff,
            MaximumBackoffAllowed)
        .Require(
            options.MinimumBackoff >= MinBackoff && options.MinimumBackoff <= options.MaximumBackoff,
            nameof(options.MinimumBackoff),
            options.MinimumBackoff,
            $"{MinimumBackoffAllowed} ({options.MaximumBackoff})");

    public ValidateOptionsResult Validate(string? name, SinkOptions options) =>
        string.IsNullOrEmpty(name) ? ValidateOptionsResult.Skip : Faults(name, options, IsDurable(sinks, name), HasSpools(services)).Result;
}
