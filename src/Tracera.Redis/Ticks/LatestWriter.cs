namespace Tracera.Redis;

/// <summary>Writes folded ticks: one script call for up to <see cref="TickBlob.MaxTicks"/> of a shard, all of them on their way at once. Thread-safe.</summary>
internal sealed class LatestWriter(ShardStreams streams, RedisLayout layout, SourceBook sources)
{
    /// <summary>Writes the ticks.</summary>
    /// <returns>What became of them.</returns>
    public async Task<WriteOutcome> WriteAsync(TickFold ticks, CancellationToken cancellationToken)
    {
        var (calls, counts) = Call(ticks, cancellationToken);
        var outcome = default(WriteOutcome);
        var answers = await Task.WhenAll(calls).ConfigureAwait(false);
        for (var i = 0; i < answers.Length; i++)
        {
            var (written, corrected, duplicate) = (answers[i].Written, answers[i].Corrected, answers[i].Duplicate);
            outcome += new WriteOutcome(written, duplicate, corrected, counts[i] - written - corrected - duplicate);
        }

        return outcome;
    }

    private (List<Task<PublishResult>> Calls, List<int> Counts) Call(TickFold ticks, CancellationToken cancellationToken)
    {
        var (calls, counts) = (new List<Task<PublishResult>>(layout.Shards.Count), new List<int>(layout.Shards.Count));
        for (var shard = 0; shard < layout.Shards.Count; shard++)
        {
            var left = ticks[shard];
            sources.Note(left);
            while (!left.IsEmpty)
            {
                var part = left[..Math.Min(left.Length, TickBlob.MaxTicks)];
                calls.Add(streams.PublishTicksAsync(shard, part, cancellationToken));
                counts.Add(part.Length);
                left = left[part.Length..];
            }
        }

        return (calls, counts);
    }
}
