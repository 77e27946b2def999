namespace Tracera.Postgres.Tests;

/// <summary>Plants defects and sees that the audit of the sink finds each; <see cref="DividedWriteTests"/> sees that without one it finds nothing.</summary>
public sealed class SinkDefectTests
{
    private const int Rounds = 40;

    private const string NoKey = "ALTER TABLE {schema}.tick DROP CONSTRAINT tick_pkey";

    private const string RowDropped =
        """
        CREATE FUNCTION {schema}.drop_row() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN RETURN CASE WHEN NEW.item_id <> 2800 THEN NEW END; END $body$;
        CREATE TRIGGER drop_row BEFORE INSERT ON {schema}.tick FOR EACH ROW EXECUTE FUNCTION {schema}.drop_row()
        """;

    private const string CorrectionIgnored =
        """
        CREATE FUNCTION {schema}.ignore_row() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN RETURN NULL; END $body$;
        CREATE TRIGGER ignore_row BEFORE UPDATE ON {schema}.tick FOR EACH ROW EXECUTE FUNCTION {schema}.ignore_row()
        """;

    [Theory]
    [InlineData(NoKey, "; expected: ")]
    [InlineData(RowDropped, "expected")]
    [InlineData(CorrectionIgnored, "Corrected = 0, ")]
    public async Task DefectOfTheStore_IsFound(string defect, string finding)
    {
        await using var store = await TestStore.OpenAsync();
        await store.ScalarAsync(defect);
        Assert.Contains(finding, await new SinkAudit(store, seed: 1).FindAsync(Rounds, _ => store.Sink), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AckWhateverTheCommitSays_IsFound()
    {
        await using var store = await TestStore.OpenAsync();
        var hasty = new HastySink(store.Sink);
        Assert.Contains("never committed", await new SinkAudit(store, seed: 1).FindAsync(Rounds, _ => hasty), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RowKeptBack_IsFound()
    {
        await using var store = await TestStore.OpenAsync();
        var forgetful = new ForgetfulSink(store.Sink);
        Assert.NotNull(await new SinkAudit(store, seed: 1).FindAsync(Rounds, _ => forgetful));
    }

    /// <summary>Answers that all is written, where the write has failed.</summary>
    private sealed class HastySink(IPriceSink sink) : IPriceSink
    {
        public async ValueTask<WriteOutcome> WriteAsync(PriceBatch batch, CancellationToken cancellationToken)
        {
            var write = sink.WriteAsync(batch, cancellationToken).AsTask();
            await Task.WhenAny(write);
            return write.IsCompletedSuccessfully ? await write : WriteOutcome.AllWritten(batch);
        }
    }

    /// <summary>Counts the last row of a batch as written, and drops it.</summary>
    private sealed class ForgetfulSink(IPriceSink sink) : IPriceSink
    {
        public async ValueTask<WriteOutcome> WriteAsync(PriceBatch batch, CancellationToken cancellationToken)
        {
            var rest = new PriceBatch(batch.Id, batch.RunId, batch.Provider, batch.Ticks[..^1], batch.Lane);
            return (await sink.WriteAsync(rest, cancellationToken)).Add(new WriteOutcome(1));
        }
    }
}
