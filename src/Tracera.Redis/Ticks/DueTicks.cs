using Microsoft.Extensions.Options;
using Tracera.Shared;

namespace Tracera.Redis;

/// <summary>Holds ticks ahead of the clock and writes them when their time has come. Thread-safe.</summary>
/// <remarks>They are in the store already: what this process takes with it when it dies is filled in from there.</remarks>
internal sealed class DueTicks : IDisposable
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromHours(1);
    private static readonly TimeSpan ShortestSleep = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();
    private readonly PendingTicks _pending;
    private readonly LatestWriter _writer;
    private readonly RedisLayout _layout;
    private readonly TimeProvider _time;
    private readonly RedisMeter _meter;
    private readonly ITimer _timer;
    private bool _isWriting;

    public DueTicks(LatestWriter writer, RedisLayout layout, IOptions<RedisOptions> options, TimeProvider time, RedisMeter meter)
    {
        (_writer, _layout, _time, _meter) = (writer, layout, time, meter);
        _pending = new PendingTicks(options.Value.MaxPending);
        _timer = time.CreateTimer(_ => _ = ReleaseAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        meter.ObservePending(() => _pending.Count);
    }

    /// <summary>Takes a tick whose time has not come.</summary>
    public WriteOutcome Offer(in PriceTick tick)
    {
        lock (_gate)
        {
            var fate = _pending.Offer(tick);
            Rearm();
            if (fate == TickFate.Refused)
            {
                _meter.Refused();
            }

            return fate switch
            {
                TickFate.Latest => new WriteOutcome(1),
                TickFate.Corrected => new WriteOutcome(0, Corrected: 1),
                TickFate.Duplicate => new WriteOutcome(0, Duplicate: 1),
                _ => new WriteOutcome(0, Conflated: 1),
            };
        }
    }

    public void Dispose() => _timer.Dispose();

    private async Task ReleaseAsync()
    {
        if (TakeDue() is not { Count: > 0 } due)
        {
            return;
        }

        var fold = new TickFold(_layout);
        due.ForEach(tick => fold.Add(tick));
        var writing = _writer.WriteAsync(fold, CancellationToken.None);
        await ((Task)writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Ended(writing.IsCompletedSuccessfully ? [] : due);
    }

    private List<PriceTick> TakeDue()
    {
        var due = new List<PriceTick>();
        lock (_gate)
        {
            if (_isWriting)
            {
                return due;
            }

            var now = UnixTime.ToMicroseconds(_time.GetUtcNow());
            while (_pending.TryTakeDue(now, out var tick))
            {
                due.Add(tick);
            }

            _isWriting = due.Count > 0;
            Rearm();
        }

        return due;
    }

    private void Ended(List<PriceTick> again)
    {
        lock (_gate)
        {
            _isWriting = false;
            foreach (var tick in again)
            {
                _ = _pending.Offer(tick);
            }

            Rearm(again.Count > 0 ? Pause : ShortestSleep);
        }
    }

    private void Rearm(TimeSpan? least = null)
    {
        if (_pending.NextDue is { } due && !_isWriting)
        {
            var left = due - UnixTime.ToMicroseconds(_time.GetUtcNow());
            var sleep = TimeSpan.FromMicroseconds(Math.Min(left, LongestSleep.Ticks / TimeSpan.TicksPerMicrosecond));
            var shortest = least ?? ShortestSleep;
            _timer.Change(sleep < shortest ? shortest : sleep, Timeout.InfiniteTimeSpan);
        }
    }
}
