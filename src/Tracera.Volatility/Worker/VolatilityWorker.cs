using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tracera.Volatility.Configuration;
using Tracera.Volatility.Telemetry;

namespace Tracera.Volatility.Worker;

/// <summary>Keeps figures up to date by one pass after the other: the first over everything that was active in the longest window.</summary>
/// <remarks>Whatever the store or the cache throw fails a pass, never the loop: it is tried again after a growing rest, from the same instant on.</remarks>
internal sealed class VolatilityWorker(
    IVolatilityPass pass,
    WorkerState state,
    IOptions<VolatilityOptions> options,
    TimeProvider time,
    VolatilityMeter meter,
    ILogger<VolatilityWorker> logger) : ITraceraComponent, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly PassMarks _marks = new(options.Value.Lookback);
    private readonly PassSchedule _schedule = new(
        options.Value.Mode == VolatilityMode.Streaming ? options.Value.EmitInterval : options.Value.Interval, options.Value.MaxRetryDelay);
    private Task _loop = Task.CompletedTask;
    private int _failures;
    private bool _isFull;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Enabled)
        {
            _loop = Task.Run(() => LoopAsync(_stopping.Token), CancellationToken.None);
            return Task.CompletedTask;
        }

        WorkerLog.SwitchedOff(logger);
        state.Fault = null;
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _loop.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task LoopAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var succeeded = await PassAsync(stopping).ConfigureAwait(false);
            if (!stopping.IsCancellationRequested)
            {
                var rest = Task.Delay(_schedule.RestAfter(succeeded), time, stopping);
                await rest.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<bool> PassAsync(CancellationToken stopping)
    {
        var (beganAt, started) = (time.GetUtcNow(), time.GetTimestamp());
        var running = pass.RunAsync(_marks.Since ?? WarmUpSince(beganAt), stopping);
        await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (stopping.IsCancellationRequested)
        {
            return false;
        }

        var elapsed = time.GetElapsedTime(started);
        if (!running.IsCompletedSuccessfully)
        {
            Failed(running.Exception?.InnerException, elapsed);
            return false;
        }

        Ended(await running.ConfigureAwait(false), beganAt, elapsed);
        return true;
    }

    private void Ended(in PassResult result, DateTimeOffset beganAt, TimeSpan elapsed)
    {
        meter.PassEnded("completed", elapsed);
        WorkerLog.PassEnded(logger, elapsed.TotalMilliseconds, result.Changed, result.Windows);
        NoteRefused(result.Refused);
        if (_failures > 0)
        {
            WorkerLog.Recovered(logger, _failures);
            _failures = 0;
        }

        if (_marks.Since is null)
        {
            WorkerLog.WarmedUp(logger, result.Changed, elapsed.TotalMilliseconds);
        }

        _marks.Succeeded(beganAt);
        state.Fault = null;
    }

    private void Failed(Exception? fault, TimeSpan elapsed)
    {
        meter.PassEnded("failed", elapsed);
        state.Fault = "The store cannot be read, or the cache cannot be written.";
        if (_failures++ == 0)
        {
            WorkerLog.PassFailed(logger, fault);
        }
    }

    private void NoteRefused(int refused)
    {
        if (refused > 0 && !_isFull)
        {
            WorkerLog.SeriesRefused(logger, refused, options.Value.MaxSeries);
        }

        _isFull = refused > 0;
    }

    // Ticks may be observed up to 5 min after they were received, by clocks that run ahead.
    private DateTimeOffset WarmUpSince(DateTimeOffset now) =>
        ChosenWindows.Of(options.Value)[^1].StartAt(now) - TimeSpan.FromMinutes(5);
}
