using Microsoft.Extensions.Options;

namespace Tracera.Ingestion;

/// <summary>Holds every value of <see cref="IngestionOptions"/> to its bounds.</summary>
internal sealed class IngestionOptionsValidator : IValidateOptions<IngestionOptions>
{
    public const string HeartbeatAllowed = "00:00:01 to 7.00:00:00";
    public const string MaxTickAgeAllowed = "00:01:00 to 30.00:00:00";
    public const string MaxClockLeadAllowed = "00:00:00 to 01:00:00";
    public const string BatchSizeAllowed = "1 to 65536";
    public const string FlushIntervalAllowed = "00:00:00.001 to 00:01:00";
    public const string ChannelCapacityAllowed = "1 to 4096";
    public const string MaxConcurrentAllowed = "1 to 1024";
    public const string SlowAfterAllowed = "00:00:01 to 01:00:00";
    public const string LeaseDurationAllowed = "00:00:02 to 01:00:00";
    public const string HeartbeatIntervalAllowed = "00:00:00.5 to half of LeaseDuration";
    public const string MaxNameLengthAllowed = "1 to 400, so that a category and a name fit into one key of the store's index";
    public const string MaxIntegerDigitsAllowed = "1 to 28";
    public const string MaxDecimalsAllowed = "0 to 28 less MaxIntegerDigits";
    public const string MaxTrackedSeriesAllowed = "1024 to 16777216";
    public const string MaxJournalEntriesAllowed = "100 to 1000000";
    public const string CancellationGraceAllowed = "00:00:00.1 to 00:05:00";
    public const string MinimumBackoffAllowed = "00:00:00.1 to 01:00:00";
    public const string MaximumReconnectAllowed = "MinimumBackoff to 01:00:00";
    private const int DecimalDigits = 28;

    // A character has up to 3 bytes in UTF-8, and a key of an index of PostgreSQL 2,704: two texts of this length, the 64 characters of a provider's name and what the server adds.
    private const int LongestName = 400;

    public static OptionFaults Faults(IngestionOptions options) => new OptionFaults(IngestionOptions.SectionName)
        .Require(Enum.IsDefined(options.Store), nameof(options.Store), options.Store, string.Join(", ", Enum.GetNames<StoreMode>()))
        .Require(Is(options.Heartbeat, 1, 7 * 86_400), nameof(options.Heartbeat), options.Heartbeat, HeartbeatAllowed)
        .Require(Is(options.MaxTickAge, 60, 30 * 86_400), nameof(options.MaxTickAge), options.MaxTickAge, MaxTickAgeAllowed)
        .Require(Is(options.MaxClockLead, 0, 3600), nameof(options.MaxClockLead), options.MaxClockLead, MaxClockLeadAllowed)
        .Require(options.BatchSize is >= 1 and <= 65_536, nameof(options.BatchSize), options.BatchSize, BatchSizeAllowed)
        .Require(options.BackfillBatchSize is >= 1 and <= 65_536, nameof(options.BackfillBatchSize), options.BackfillBatchSize, BatchSizeAllowed)
        .Require(Is(options.FlushInterval, 0.001, 60), nameof(options.FlushInterval), options.FlushInterval, FlushIntervalAllowed)
        .Require(options.ChannelCapacity is >= 1 and <= 4096, nameof(options.ChannelCapacity), options.ChannelCapacity, ChannelCapacityAllowed)
        .Require(
            options.MaxConcurrentProviders is >= 1 and <= 1024, nameof(options.MaxConcurrentProviders), options.MaxConcurrentProviders, MaxConcurrentAllowed)
        .Require(Is(options.SlowAfter, 1, 3600), nameof(options.SlowAfter), options.SlowAfter, SlowAfterAllowed)
        .Require(options.MaxSlowProviders is >= 1 and <= 1024, nameof(options.MaxSlowProviders), options.MaxSlowProviders, MaxConcurrentAllowed)
        .Require(Is(options.LeaseDuration, 2, 3600), nameof(options.LeaseDuration), options.LeaseDuration, LeaseDurationAllowed)
        .Require(
            Is(options.HeartbeatInterval, 0.5, options.LeaseDuration.TotalSeconds / 2),
            nameof(options.HeartbeatInterval),
            options.HeartbeatInterval,
            $"{HeartbeatIntervalAllowed} ({options.LeaseDuration})")
        .Require(options.MaxNameLength is >= 1 and <= LongestName, nameof(options.MaxNameLength), options.MaxNameLength, MaxNameLengthAllowed)
        .Require(
            options.MaxIntegerDigits is >= 1 and <= DecimalDigits, nameof(options.MaxIntegerDigits), options.MaxIntegerDigits, MaxIntegerDigitsAllowed)
        .Require(
            options.MaxDecimals >= 0 && options.MaxDecimals <= DecimalDigits - options.MaxIntegerDigits,
            nameof(options.MaxDecimals),
            options.MaxDecimals,
            $"{MaxDecimalsAllowed} ({options.MaxIntegerDigits})")
        .Require(
            options.MaxTrackedSeries is >= 1024 and <= 16_777_216, nameof(options.MaxTrackedSeries), options.MaxTrackedSeries, MaxTrackedSeriesAllowed)
        .Require(
            options.MaxJournalEntries is >= 100 and <= 1_000_000, nameof(options.MaxJournalEntries), options.MaxJournalEntries, MaxJournalEntriesAllowed)
        .Require(Is(options.CancellationGrace, 0.1, 300), nameof(options.CancellationGrace), options.CancellationGrace, CancellationGraceAllowed)
        .Require(Is(options.MinimumBackoff, 0.1, 3600), nameof(options.MinimumBackoff), options.MinimumBackoff, MinimumBackoffAllowed)
        .Require(
            Is(options.MaximumReconnectBackoff, options.MinimumBackoff.TotalSeconds, 3600),
            nameof(options.MaximumReconnectBackoff),
            options.MaximumReconnectBackoff,
            $"{MaximumReconnectAllowed} ({options.MinimumBackoff})");

    public ValidateOptionsResult Validate(string? name, IngestionOptions options) => Faults(options).Result;

    private static bool Is(TimeSpan value, double minimumSeconds, double maximumSeconds) =>
        value >= TimeSpan.FromSeconds(minimumSeconds) && value <= TimeSpan.FromSeconds(maximumSeconds);
}
