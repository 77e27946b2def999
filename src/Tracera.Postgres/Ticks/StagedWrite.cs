using Npgsql;

namespace Tracera.Postgres;

/// <summary>Writes a part whose rows are known in part, or refused in part: through the staging table, and by halves until each refused row stands alone.</summary>
internal sealed class StagedWrite(WriterSession session, CopyBlocks blocks, PriceTick[] ticks, CancellationToken cancellationToken)
{
    private readonly List<(PriceTick Tick, PostgresException Reason)> _refused = [];

    public int Written { get; private set; }

    public int Corrected { get; private set; }

    /// <summary>The rows that the server refuses for good, each with its reason.</summary>
    public IReadOnlyList<(PriceTick Tick, PostgresException Reason)> Refused => _refused;

    public Task RunAsync() => WriteAsync(0, ticks.Length);

    private async Task WriteAsync(int from, int to)
    {
        if (await TryAsync(from, to).ConfigureAwait(false) is not { } reason)
        {
            return;
        }

        if (to - from == 1)
        {
            _refused.Add((ticks[from], reason));
            return;
        }

        var middle = from + ((to - from) / 2);
        await WriteAsync(from, middle).ConfigureAwait(false);
        await WriteAsync(middle, to).ConfigureAwait(false);
    }

    private async Task<PostgresException?> TryAsync(int from, int to)
    {
        await session.RunAsync("SAVEPOINT tracera_range", cancellationToken).ConfigureAwait(false);
        try
        {
            await session.CopyAsync(blocks, new TickPart(ticks.AsMemory(from, to - from), 0, 1), true, cancellationToken).ConfigureAwait(false);
            var (written, corrected) = await session.MergeAsync(cancellationToken).ConfigureAwait(false);
            await session.RunAsync("DELETE FROM tracera_staging", cancellationToken).ConfigureAwait(false);
            await session.RunAsync("RELEASE SAVEPOINT tracera_range", cancellationToken).ConfigureAwait(false);
            Written += written;
            Corrected += corrected;
            return null;
        }
        catch (PostgresException fault) when (PostgresFaults.KindOf(fault) == SinkFailure.Permanent)
        {
            await session.RunAsync("ROLLBACK TO SAVEPOINT tracera_range", cancellationToken).ConfigureAwait(false);
            return fault;
        }
    }
}
