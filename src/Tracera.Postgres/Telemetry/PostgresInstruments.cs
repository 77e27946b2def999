namespace Tracera.Postgres;

/// <summary>The names of the store's instruments on the meter <see cref="TraceraTelemetry.MeterName"/>.</summary>
public static class PostgresInstruments
{
    /// <summary>A histogram, in seconds: how long it took to write a batch.</summary>
    public const string WriteDuration = "tracera.postgres.write.duration";

    /// <summary>A counter of batches, or their parts, that went through the staging table, whole or with some rows, because rows were known already, likely to be, or refused.</summary>
    public const string StagedBatches = "tracera.postgres.batches.staged";

    /// <summary>A counter of ticks that the server refused for good and that are kept aside.</summary>
    public const string DeadLetters = "tracera.postgres.dead_letters";
}
