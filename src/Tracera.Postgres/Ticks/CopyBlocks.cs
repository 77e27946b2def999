using System.Runtime.CompilerServices;
using Npgsql;

namespace Tracera.Postgres;

/// <summary>Two blocks of memory that take turns: one is filled while the other is sent. Used again for every batch.</summary>
internal sealed class CopyBlocks
{
    private const int BlockBytes = 128 * 1024;
    private byte[] _filling = GC.AllocateUninitializedArray<byte>(BlockBytes);
    private byte[] _sending = GC.AllocateUninitializedArray<byte>(BlockBytes);

    /// <summary>Encodes the ticks of a part and sends them.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendAsync(NpgsqlRawCopyStream stream, TickPart part, CancellationToken cancellationToken)
    {
        CopyFormat.Header.CopyTo(_filling);
        var (filled, next) = (CopyFormat.Header.Length, 0);
        var sent = ValueTask.CompletedTask;
        while (next < part.Ticks.Length)
        {
            filled = Fill(part, filled, ref next);
            if (next == part.Ticks.Length)
            {
                break;
            }

            await sent.ConfigureAwait(false);
            sent = stream.WriteAsync(_filling.AsMemory(0, filled), cancellationToken);
            (_filling, _sending, filled) = (_sending, _filling, 0);
        }

        await sent.ConfigureAwait(false);
        CopyFormat.Trailer.CopyTo(_filling.AsSpan(filled));
        await stream.WriteAsync(_filling.AsMemory(0, filled + CopyFormat.Trailer.Length), cancellationToken).ConfigureAwait(false);
    }

    private int Fill(in TickPart part, int filled, ref int next)
    {
        var ticks = part.Ticks.Span;
        var block = _filling.AsSpan(0, BlockBytes - CopyFormat.Trailer.Length);
        for (; next < ticks.Length && block.Length - filled >= CopyFormat.MaxRowBytes; next++)
        {
            if (part.Holds(ticks[next]))
            {
                filled += CopyFormat.WriteRow(block[filled..], ticks[next]);
            }
        }

        return filled;
    }
}
