using System.Buffers;

namespace Tracera.Ingestion;

/// <summary>Puts dead letters of the durable sink into its queue again, those of one (run, provider) together; a group that is refused goes again one by one.</summary>
internal sealed class DeadLetterReplay(IEnumerable<IDeadLetterLog> logs, SinkPumps pumps, AwaitedBatches awaited, TimeProvider time)
    : IDeadLetterReplay, IDisposable
{
    private const int PageSize = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim _turn = new(1);

    public async ValueTask<ReplayOutcome> ReplayAsync(ReplayRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Limit, 1);
        var log = logs.FirstOrDefault() ?? throw new InvalidOperationException("Nothing keeps dead letters here.");
        var line = pumps.Lines.FirstOrDefault(line => line.IsDurable) ?? throw new InvalidOperationException("The ingestion has not started.");
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var letters = await FindAsync(log, line.Name, request, cancellationToken).ConfigureAwait(false);
            return await OfferAllAsync(log, line.Queue, letters, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private static async Task<List<DeadLetter>> FindAsync(IDeadLetterLog log, string sink, ReplayRequest request, CancellationToken cancellationToken)
    {
        var wanted = request.Ids is { Count: > 0 } ids ? ids.ToHashSet() : null;
        var found = new List<DeadLetter>();
        for (var page = new PageRequest(PageSize); ;)
        {
            var letters = await log.ListAsync(page, cancellationToken).ConfigureAwait(false);
            found.AddRange(letters.Items.Where(letter => letter.Sink == sink && wanted?.Contains(letter.Id) != false));
            if (letters.Next is not { } next || found.Count >= request.Limit || found.Count == wanted?.Count)
            {
                // Oldest first, as they came.
                return [.. found.Take(request.Limit).OrderBy(letter => letter.Id)];
            }

            page = new PageRequest(PageSize, next);
        }
    }

    private async Task<ReplayOutcome> OfferAllAsync(IDeadLetterLog log, SinkQueue queue, List<DeadLetter> letters, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        var groups = new Queue<List<DeadLetter>>(letters
            .GroupBy(letter => (letter.RunId, letter.Provider))
            .SelectMany(group => group.Chunk(PageSize))
            .Select(chunk => chunk.ToList()));
        var sum = default(ReplayOutcome);
        while (groups.TryDequeue(out var group))
        {
            var outcome = await OfferAsync(queue, group, either.Token).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (outcome is { } known && known.DeadLettered == 0 && known.Total == group.Count)
            {
                await log.RemoveAsync([.. group.Select(letter => letter.Id)], cancellationToken).ConfigureAwait(false);
                sum = Add(sum, known);
            }
            else if (outcome is null)
            {
                sum = sum with { Pending = sum.Pending + group.Count };
            }
            else if (group.Count == 1)
            {
                sum = sum with { Refused = sum.Refused + 1 };
            }
            else
            {
                group.ForEach(letter => groups.Enqueue([letter]));
            }
        }

        return sum;
    }

    // Null when there is no answer in time.
    private async Task<WriteOutcome?> OfferAsync(SinkQueue queue, List<DeadLetter> group, CancellationToken deadline)
    {
        if (deadline.IsCancellationRequested)
        {
            return null;
        }

        var lease = Lease(group);
        var answer = awaited.WhenToldAsync(lease.Batch.Id);
        var id = lease.Batch.Id;
        var isOffered = queue.WriteAsync(lease, deadline).AsTask();
        await isOffered.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (isOffered.IsCompletedSuccessfully)
        {
            await ((Task)answer).WaitAsync(deadline).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        else
        {
            lease.Release();
        }

        awaited.Forget(id);
        return answer.IsCompletedSuccessfully ? await answer.ConfigureAwait(false) : null;
    }

    private BatchLease Lease(List<DeadLetter> group)
    {
        var memory = ArrayPool<PriceTick>.Shared.Rent(group.Count);
        for (var i = 0; i < group.Count; i++)
        {
            memory[i] = group[i].Tick;
        }

        var batch = new PriceBatch(
            Guid.CreateVersion7(time.GetUtcNow()), group[0].RunId, group[0].Provider, memory.AsMemory(0, group.Count), BatchLane.Backfill);
        return BatchLease.Of(batch, memory, time.GetTimestamp(), isReplay: true);
    }

    private static ReplayOutcome Add(ReplayOutcome sum, WriteOutcome outcome) => sum with
    {
        Written = sum.Written + outcome.Written,
        Duplicate = sum.Duplicate + outcome.Duplicate,
        Corrected = sum.Corrected + outcome.Corrected,
    };
}
