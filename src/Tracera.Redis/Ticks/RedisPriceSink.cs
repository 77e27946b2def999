namespace Tracera.Redis;

/// <summary>The sink <c>redis</c>: makes ticks the latest of their series in Redis and publishes what changed.</summary>
/// <remarks>Of several ticks of a series in one batch the newest goes there, and the others count as conflated. A batch that is offered again changes nothing.</remarks>
internal sealed class RedisPriceSink(
    LatestWriter writer, DueTicks due, RedisLayout layout, RedisState state, TimeProvider time, RedisMeter meter) : IPriceSink
{
    public const string Name = "redis";
    private readonly TickFold _fold = new(layout);

    public async ValueTask<WriteOutcome> WriteAsync(PriceBatch batch, CancellationToken cancellationToken)
    {
        if (batch.Lane != BatchLane.Live)
        {
            return new WriteOutcome(0, Conflated: batch.Count);
        }

        var (started, now) = (time.GetTimestamp(), UnixTime.ToMicroseconds(time.GetUtcNow()));
        var succeeded = false;
        try
        {
            var outcome = Fold(batch.Ticks.Span, now);
            outcome += await writer.WriteAsync(_fold, cancellationToken).ConfigureAwait(false);
            succeeded = true;

            // Only now: a batch that is offered again would find them waiting and count them as repeats.
            return outcome + Defer(batch.Ticks.Span, now);
        }
        catch (Exception fault) when (FaultText.IsAway(fault) && !cancellationToken.IsCancellationRequested)
        {
            state.Fails(fault);
            throw SinkFaults.Of(fault);
        }
        finally
        {
            meter.Wrote(time.GetElapsedTime(started), succeeded);
        }
    }

    private WriteOutcome Fold(ReadOnlySpan<PriceTick> ticks, long now)
    {
        _fold.Clear();
        var outcome = default(WriteOutcome);
        foreach (ref readonly var tick in ticks)
        {
            if (!TickWire.CanWrite(tick))
            {
                meter.Refused();
                outcome += new WriteOutcome(0, Conflated: 1);
            }
            else if (tick.ObservedAtMicroseconds <= now)
            {
                outcome += _fold.Add(tick);
            }
        }

        return outcome;
    }

    private WriteOutcome Defer(ReadOnlySpan<PriceTick> ticks, long now)
    {
        var outcome = default(WriteOutcome);
        foreach (ref readonly var tick in ticks)
        {
            if (tick.ObservedAtMicroseconds > now && TickWire.CanWrite(tick))
            {
                outcome += due.Offer(tick);
            }
        }

        return outcome;
    }
}
