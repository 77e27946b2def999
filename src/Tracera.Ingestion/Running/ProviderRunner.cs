using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Tracera.Ingestion;

/// <summary>Runs the cycles of one provider, one at a time, and keeps whatever it does from everybody else.</summary>
internal sealed class ProviderRunner(string provider, RunnerParts parts, NameBook names, ILogger logger)
{
    private const int MaxLeftBehind = 3;
    private readonly RejectSamples _samples = new(provider, logger);
    private int _leftBehind;

    /// <summary>Forgets what was stored, because somebody else may have stored since.</summary>
    public void Forget() => parts.Deduplicator.Forget();

    /// <summary>Runs one cycle; never throws.</summary>
    /// <param name="request">The cycle.</param>
    /// <param name="stop">Ends it: nothing more is fetched, what was fetched is passed on. The reason is the host's stop or the loss of the lease.</param>
    /// <param name="over">Ends it, because it is slow and others wait for its place; what was fetched is passed on.</param>
    /// <param name="drain">The deadline is over: what was not passed on is lost.</param>
    /// <returns>How it ended.</returns>
    public async Task<CycleResult> RunAsync(CycleRequest request, CancellationToken stop, CancellationToken over, CancellationToken drain)
    {
        using var activity = IngestionActivities.StartCycle(provider, request.Row.RunId);
        var result = Volatile.Read(ref _leftBehind) < MaxLeftBehind
            ? await RunOneAsync(request, stop, over, drain).ConfigureAwait(false)
            : new CycleResult($"{MaxLeftBehind} earlier cycles ignore their cancellation and are still running");
        if (!result.IsSuccess)
        {
            activity?.SetStatus(ActivityStatusCode.Error, result.Error);
            RunnerLog.Failed(
                logger, result.IsStopped ? LogLevel.Information : LogLevel.Warning, result.Cause, provider, request.Row.RunId, result.Failure, result.Error!);
        }

        return result;
    }

    private async Task<CycleResult> RunOneAsync(CycleRequest request, CancellationToken stop, CancellationToken over, CancellationToken drain)
    {
        if (await names.OpenAsync(stop).ConfigureAwait(false) is not { } normalizer)
        {
            return new CycleResult("the table of aliases cannot be read", IsStopped: stop.IsCancellationRequested);
        }

        var row = request.Row;
        row.OnLoss = parts.Deduplicator.Forget;
        var reader = new CycleReader(row);
        using var pipeline = new CyclePipeline(request, parts, normalizer, _samples);
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
                    _samples.Add(rejection);
                }
            },
            reader.Sign);
        var fetch = new CancellationTokenSource();
        var result = await RunAsync(request, context, reader, pipeline, fetch, stop, over, drain).ConfigureAwait(false);
        return await FlushAsync(pipeline, result, drain).ConfigureAwait(false);
    }

    private async Task<CycleResult> RunAsync(
        CycleRequest request,
        FetchContext context,
        CycleReader reader,
        CyclePipeline pipeline,
        CancellationTokenSource fetch,
        CancellationToken stop,
        CancellationToken over,
        CancellationToken drain)
    {
        using var watch = new ProgressWatch(reader, fetch, request.Options.ProgressTimeout, parts.Options.CancellationGrace, parts.Time);
        watch.OnBlocked = () => RunnerLog.Blocked(logger, provider, request.Row.RunId, request.Options.ProgressTimeout);
        await using var onStop = stop.UnsafeRegister(static state => ((ProgressWatch)state!).Cancel("the host stops or has lost the lease"), watch).ConfigureAwait(false);
        await using var onOver = over.UnsafeRegister(static state => ((ProgressWatch)state!).Cancel("it is slow, and so are as many others as may be"), watch).ConfigureAwait(false);
        await using var onDrain = drain.UnsafeRegister(static state => ((ProgressWatch)state!).Hurry(), watch).ConfigureAwait(false);

        // A provider that blocks the thread it is called on, or computes for long, blocks none that others need.
        var reading = parts.Threads.RunAsync(() => reader.ReadAsync(() => request.Open(context, fetch.Token), pipeline, fetch.Token, drain));
        await Task.WhenAny(reading, watch.Abandoned).ConfigureAwait(false);
        var result = watch.Abandoned.IsCompleted
            ? Abandon(reading, watch, request)
            : await JudgeAsync(reading, watch).ConfigureAwait(false);
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

    private static async Task<CycleResult> JudgeAsync(Task<bool> reading, ProgressWatch watch)
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
            return new CycleResult(failure.Message, failure.Failure, failure.RetryAt, Cause: failure);
        }
        catch (Exception error)
        {
            return new CycleResult($"{error.GetType().Name}: {error.Message}", Cause: error);
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
            return result with { Error = result.Error ?? $"{error.GetType().Name}: {error.Message}", Cause = result.Cause ?? error };
        }
        finally
        {
            pipeline.Drop("they could not be passed on");
        }
    }
}
