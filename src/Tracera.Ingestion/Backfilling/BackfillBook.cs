using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Tracera.Ingestion;

/// <summary>Keeps how far each backfill has come, by what the durable sink has taken, and begins where an interrupted one was. Thread-safe.</summary>
/// <remarks>A backfill yields its prices oldest first, and the durable sink takes its batches in order: so what is older than the newest tick taken is in the store.</remarks>
internal sealed class BackfillBook(IEnumerable<IBackfillCursors> stores, TimeProvider time, ILogger<BackfillBook> logger)
{
    private static readonly TimeSpan SaveInterval = TimeSpan.FromSeconds(1);
    private readonly IBackfillCursors? _store = stores.LastOrDefault();
    private readonly ConcurrentDictionary<(RunId Run, string Provider), BackfillEntry> _entries = new();

    /// <summary>Fetches a range from where it was left.</summary>
    public async IAsyncEnumerable<RawPrice> ReadAsync(
        IBackfillProvider provider, FetchContext context, DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var position = from;
        if (_store is not null)
        {
            position = await _store.OpenAsync(context.Provider, from, to, cancellationToken).ConfigureAwait(false);
            _entries[(context.RunId, context.Provider)] = new BackfillEntry(new BackfillCursor(context.Provider, from, to, position), time.GetTimestamp());
            if (position > from)
            {
                BackfillLog.Resumed(logger, context.Provider, from, to, position);
            }
        }

        await foreach (var price in provider.BackfillAsync(context, position, to, cancellationToken).ConfigureAwait(false))
        {
            yield return price;
        }
    }

    /// <summary>Reads the backfills that have not ended.</summary>
    /// <returns>Null when the store cannot be asked now.</returns>
    public async Task<IReadOnlyList<BackfillCursor>?> OpenOnesAsync(CancellationToken cancellationToken)
    {
        if (_store is null)
        {
            return [];
        }

        var answer = await StoreCall.TryAsync(_store.ListAsync, StoreCall.Deadline, time, cancellationToken).ConfigureAwait(false);
        return answer.IsOk ? answer.Value : null;
    }

    /// <summary>The durable sink has taken a batch, whose memory may still be read.</summary>
    public void Settled(PriceBatch batch)
    {
        if (batch.Lane == BatchLane.Backfill && _entries.TryGetValue((batch.RunId, batch.Provider), out var entry))
        {
            lock (entry)
            {
                var position = batch.Ticks.Span[^1].ObservedAt;
                entry.Cursor = entry.Cursor with { Position = position > entry.Cursor.Position ? position : entry.Cursor.Position };
                if (time.GetElapsedTime(entry.SavedAt) >= SaveInterval && entry.Saving.IsCompleted)
                {
                    entry.SavedAt = time.GetTimestamp();
                    entry.Saving = MoveAsync(entry.Cursor, Task.CompletedTask);
                }
            }
        }
    }

    /// <summary>A provider's part of a run has ended; a range that is whole in the store is forgotten.</summary>
    public void Ended(RunId run, string provider, bool isComplete)
    {
        if (_entries.TryRemove((run, provider), out var entry))
        {
            lock (entry)
            {
                entry.Saving = isComplete ? CloseAsync(entry.Cursor, entry.Saving) : MoveAsync(entry.Cursor, entry.Saving);
            }
        }
    }

    private async Task MoveAsync(BackfillCursor cursor, Task before)
    {
        await before.ConfigureAwait(false);
        Note(await StoreCall.TryAsync(token => _store!.MoveAsync(cursor, token), StoreCall.Deadline, time, CancellationToken.None).ConfigureAwait(false), cursor);
    }

    private async Task CloseAsync(BackfillCursor cursor, Task before)
    {
        await before.ConfigureAwait(false);
        Note(
            await StoreCall.TryAsync(
                token => _store!.CloseAsync(cursor.Provider, cursor.From, cursor.To, token), StoreCall.Deadline, time, CancellationToken.None).ConfigureAwait(false),
            cursor);
    }

    private void Note(Answer<bool> answer, BackfillCursor cursor)
    {
        if (!answer.IsOk)
        {
            BackfillLog.NotKept(logger, answer.Error, cursor.Provider);
        }
    }
}
