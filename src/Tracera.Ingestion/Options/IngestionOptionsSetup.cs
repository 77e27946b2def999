using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using static Tracera.Ingestion.IngestionOptionsValidator;

namespace Tracera.Ingestion;

/// <summary>Reads <see cref="IngestionOptions"/> from the configuration, which overrides code.</summary>
internal sealed class IngestionOptionsSetup(IServiceProvider services) : IPostConfigureOptions<IngestionOptions>
{
    public void PostConfigure(string? name, IngestionOptions options)
    {
        var reader = new SectionReader(services.GetService<IConfiguration>(), IngestionOptions.SectionName);
        options.Store = reader.ReadEnum(nameof(options.Store), options.Store);
        options.Heartbeat = reader.Read(nameof(options.Heartbeat), options.Heartbeat, HeartbeatAllowed);
        options.MaxTickAge = reader.Read(nameof(options.MaxTickAge), options.MaxTickAge, MaxTickAgeAllowed);
        options.MaxClockLead = reader.Read(nameof(options.MaxClockLead), options.MaxClockLead, MaxClockLeadAllowed);
        options.BatchSize = reader.Read(nameof(options.BatchSize), options.BatchSize, BatchSizeAllowed);
        options.BackfillBatchSize = reader.Read(nameof(options.BackfillBatchSize), options.BackfillBatchSize, BatchSizeAllowed);
        options.FlushInterval = reader.Read(nameof(options.FlushInterval), options.FlushInterval, FlushIntervalAllowed);
        options.ChannelCapacity = reader.Read(nameof(options.ChannelCapacity), options.ChannelCapacity, ChannelCapacityAllowed);
        options.MaxConcurrentProviders = reader.Read(nameof(options.MaxConcurrentProviders), options.MaxConcurrentProviders, MaxConcurrentAllowed);
        options.SlowAfter = reader.Read(nameof(options.SlowAfter), options.SlowAfter, SlowAfterAllowed);
        options.MaxSlowProviders = reader.Read(nameof(options.MaxSlowProviders), options.MaxSlowProviders, MaxConcurrentAllowed);
        options.LeaseDuration = reader.Read(nameof(options.LeaseDuration), options.LeaseDuration, LeaseDurationAllowed);
        options.HeartbeatInterval = reader.Read(nameof(options.HeartbeatInterval), options.HeartbeatInterval, HeartbeatIntervalAllowed);
        options.MaxNameLength = reader.Read(nameof(options.MaxNameLength), options.MaxNameLength, MaxNameLengthAllowed);
        options.MaxIntegerDigits = reader.Read(nameof(options.MaxIntegerDigits), options.MaxIntegerDigits, MaxIntegerDigitsAllowed);
        options.MaxDecimals = reader.Read(nameof(options.MaxDecimals), options.MaxDecimals, MaxDecimalsAllowed);
        options.MaxTrackedSeries = reader.Read(nameof(options.MaxTrackedSeries), options.MaxTrackedSeries, MaxTrackedSeriesAllowed);
        options.MaxJournalEntries = reader.Read(nameof(options.MaxJournalEntries), options.MaxJournalEntries, MaxJournalEntriesAllowed);
        options.CancellationGrace = reader.Read(nameof(options.CancellationGrace), options.CancellationGrace, CancellationGraceAllowed);
        options.MinimumBackoff = reader.Read(nameof(options.MinimumBackoff), options.MinimumBackoff, MinimumBackoffAllowed);
        options.MaximumReconnectBackoff = reader.Read(
            nameof(options.MaximumReconnectBackoff), options.MaximumReconnectBackoff, MaximumReconnectAllowed);
        if (reader.Faults.Count > 0)
        {
            throw new OptionsValidationException(
                nameof(IngestionOptions), typeof(IngestionOptions), [.. reader.Faults, .. Faults(options).Lines]);
        }
    }
}
