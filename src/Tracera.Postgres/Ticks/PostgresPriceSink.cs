using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tracera.Postgres;

/// <summary>The durable sink: a batch goes by binary COPY straight into the table, divided by item among the writers.</summary>
internal sealed class PostgresPriceSink : IPriceSink, IAsyncDisposable
{
    private readonly PartWriter[] _writers;
    private readonly PostgresMeter _meter;
    private readonly TimeProvider _time;

    public PostgresPriceSink(
        PostgresDatabase database, TickPartitions partitions, PostgresMeter meter, IOptions<PostgresOptions> options, TimeProvider time, ILogger<PostgresPriceSink> logger)
    {
        (_meter, _time) = (meter, time);
        _writers = new PartWriter[options.Value.WriterConnections];
        for (var i = 0; i < _writers.Length; i++)
        {
            _writers[i] = new PartWriter(database, partitions, meter, time, options.Value, logger);
        }
    }

    public async ValueTask<WriteOutcome> WriteAsync(PriceBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var started = _time.GetTimestamp();
        try
        {
            var outcome = _writers.Length == 1
                ? await _writers[0].WriteAsync(batch, new TickPart(batch.Ticks, 0, 1), cancellationToken).ConfigureAwait(false)
                : await WritePartsAsync(batch, cancellationToken).ConfigureAwait(false);
            _meter.Wrote(_time.GetElapsedTime(started));
            return outcome;
        }
        catch (Exception fault) when (fault is not SinkException && PostgresFaults.IsFault(fault))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw PostgresFaults.Sink(fault);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var writer in _writers)
        {
            await writer.DisposeAsync().ConfigureAwait(false);
        }
    }

    // All end before the call does, since the batch's memory is used again after it.
    private async Task<WriteOutcome> WritePartsAsync(PriceBatch batch, CancellationToken cancellationToken)
    {
        var parts = new Task<WriteOutcome>[_writers.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            var part = new TickPart(batch.Ticks, i, parts.Length);
            var writer = _writers[i];
            parts[i] = Task.Run(() => writer.WriteAsync(batch, part, cancellationToken), CancellationToken.None);
        }

        var outcome = default(WriteOutcome);
        foreach (var written in await Task.WhenAll(parts).ConfigureAwait(false))
        {
            outcome += written;
        }

        return outcome;
    }
}
