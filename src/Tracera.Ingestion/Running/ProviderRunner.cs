using Microsoft.Extensions.Logging;

namespace Tracera.Ingestion;

/// <summary>Runs the cycles of one provider, one at a time, and keeps whatever it does from everybody else.</summary>
internal sealed class ProviderRunner(string provider, RunnerParts parts, ILogger logger)
{
    private const int MaxLeftBehind = 3;
    private const int SamplesPerReason = 3;
    private int _leftBehind;

    /// <summary>Forgets what was stored, because somebody else may have stored since.</summary>
    public void Forget() => parts.Deduplicator.Forget();

    /// <summary>Runs one cycle; never throws.</summary>
    /// <param name="request">The cycle.</param>
    /// <param name="stop">Ends it: nothing more is fetched, what was fetched is passed on. The reason is the host's stop or the loss of the lease.</param>
    /// <param name="drain">The deadline is over: what was not passed on is lost.</param>
    /// <returns>How it ended.</returns>
    public async Task<CycleResult> RunAsync(CycleRequest request, CancellationToken stop, CancellationToken drain)
    {
        if (Volatile.Read(ref _leftBehind) >= MaxLeftBehind)
        {
            return new CycleResult($"{MaxLeftBehind} earlier cycles ignore their cancellation and are still running");
        }

        var row = request.Row;
        row.OnLoss = parts.Deduplicator.Forget;
        var reader = new CycleReader();
        var samples = new RejectCounts();
        using var pipeline = new CyclePipeline(request, parts, rejection => Sample(samples, rejection));
        var context = new FetchContext(
            provider,
            row.RunId,
            request.ScheduledAt,
            request.Options,
            rejection =>
            {
                reader.Sign();
                if (row.CountAnsweredReject(rejection.Reason) > 0)
                {
                    Sample(samples, rejection);
                }
            },
            reader.Sign);
        var fetch = new CancellationTokenSource();
        var result = await RunAsync(request, context, reader, pipeline, fetch, stop, drain).ConfigureAwait(false);
        return await FlushAsync(pipeline, result, drain).ConfigureAwait(false);
    }

    private async Task<CycleResult> RunAsync(
        CycleRequest request,
        FetchContext context,
        CycleReader reader,
        CyclePipeline pipeline,
        CancellationTokenSource fetch,
        CancellationToken stop,
        CancellationToken drain)
    {
        using var watch = new ProgressWatch(reader, fetch, request.Options.ProgressTimeout, parts.Options.CancellationGrace, parts.Time);
        await using var onStop = stop.UnsafeRegister(static state => ((ProgressWatch)state!).Cancel("the host stops or has lost the lease"), watch).ConfigureAwait(false);
        await using var onDrain = drain.UnsafeRegister(static state => ((ProgressWatch)state!).Hurry(), watch).ConfigureAwait(false);
        var reading = Task.Run(() => reader.ReadAsync(() => request.Open(context, fetch.Token), pipeline, fetch.Token, drain), CancellationToken.None);
        await Task.WhenAny(reading, watch.Abandoned).ConfigureAwait(false);
        var result = watch.Abandoned.IsCompleted
            ? Abandon(reading, watch, request)
            : await JudgeAsync(reading, watch, request).ConfigureAwait(false);
        if (!result.IsSuccess)
        {
            RunnerLog.Failed(logger, null, provider, request.Row.RunId, result.Failure, result.Error);
        }

        return result with { IsStopped = !result.IsSuccess && stop.IsCancellationRequested };
    }

    private CycleResult Abandon(Task<bool> reading, ProgressWatch watch, CycleRequest request)
    {
        RunnerLog.LeftBehind(logger, provider, request.Row.RunId, Interlocked.Increment(ref _leftBehind));
        _ = reading.ContinueWith(
            ended =>
            {
                _ = ended.Exception;
                Interlocked.Decrement(ref _leftBehind);
                RunnerLog.CameBack(logger, provider);
            },
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default);
        return new CycleResult($"{watch.Reason}, and the provider ignored its cancellation");
    }

    private async Task<CycleResult> JudgeAsync(Task<bool> reading, ProgressWatch watch, CycleRequest request)
    {
        try
        {
            await reading.ConfigureAwait(false);
            return CycleResult.Success;
        }
        catch (Exception) when (watch.Reason is not null)
        {
            return new CycleResult(watch.Reason);
        }
        catch (ProviderException failure)
        {
            RunnerLog.Failed(logger, failure, provider, request.Row.RunId, failure.Failure, failure.Message);
            return new CycleResult(failure.Message, failure.Failure, failure.RetryAt);
        }
        catch (Exception error)
        {
            RunnerLog.Failed(logger, error, provider, request.Row.RunId, ProviderFailure.Transient, error.Message);
            return new CycleResult($"{error.GetType().Name}: {error.Message}");
        }
    }

    private async Task<CycleResult> FlushAsync(CyclePipeline pipeline, CycleResult result, CancellationToken drain)
    {
        try
        {
            await pipeline.FlushAsync(drain).ConfigureAwait(false);
            return result;
        }
        catch (Exception error)
        {
            return result with { Error = result.Error ?? $"{error.GetType().Name}: {error.Message}" };
        }
        finally
        {
            pipeline.Drop("they could not be passed on");
        }
    }

    private void Sample(RejectCounts samples, Rejection rejection)
    {
        if (samples.Add(rejection.Reason) <= SamplesPerReason)
        {
            RunnerLog.Rejected(logger, provider, rejection.Name, rejection.Reason, rejection.Sample);
        }
    }
}
