using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Tracera.Ingestion;

/// <summary>Runs the cycles of one provider, one at a time, and keeps whatever it does from everybody else.</summary>
internal sealed class ProviderRunner : IDisposable
{
    private const int MaxLeftBehind = 3;
    private readonly string _provider;
    private readonly RunnerParts _parts;
    private readonly NameBook _names;
    private readonly ILogger _logger;
    private readonly RejectSamples _samples;
    private readonly CyclePipeline _pipeline;
    private readonly ProgressWatch _watch;
    private readonly Action _forget;
    private readonly Action _cameBack;
    private readonly Action<string> _cancel;
    private int _leftBehind;

    public ProviderRunner(string provider, RunnerParts parts, NameBook names, ILogger logger)
    {
        (_provider, _parts, _names, _logger, _samples) = (provider, parts, names, logger, new RejectSamples(provider, logger));
        (_pipeline, _watch) = (new CyclePipeline(parts, _samples), new ProgressWatch(parts.Options.CancellationGrace, parts.Time, logger));
        (_forget, _cameBack, _cancel) = (Forget, CameBack, _watch.Cancel);
    }

    /// <summary>A sign of life of the cycle that runs, from outside of it.</summary>
    public void Sign() => _watch.Sign();

    /// <summary>Forgets what was stored, because somebody else may have stored since.</summary>
    public void Forget() => _parts.Deduplicator.Forget();

    public void Dispose()
    {
        _watch.Dispose();
        _pipeline.Dispose();
    }

    /// <summary>Runs one cycle; never throws.</summary>
    /// <param name="request">The cycle.</param>
    /// <param name="stop">Ends it: nothing more is fetched, what was fetched is passed on. The reason is the host's stop or the loss of the lease.</param>
    /// <param name="over">Ends it, because it is slow and others wait for its place; what was fetched is passed on.</param>
    /// <param name="drain">The deadline is over: what was not passed on is lost.</param>
    /// <returns>How it ended.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<CycleResult> RunAsync(CycleRequest request, CancellationToken stop, CancellationToken over, CancellationToken drain)
    {
        using var activity = IngestionActivities.StartCycle(_provider, request.Row.RunId);
        var result = Volatile.Read(ref _leftBehind) < MaxLeftBehind
            ? await RunOneAsync(request, stop, over, drain).ConfigureAwait(false)
            : new CycleResult($"{MaxLeftBehind} earlier cycles ignore their cancellation and are still running");
        if (!result.IsSuccess)
        {
            activity?.SetStatus(ActivityStatusCode.Error, result.Error);
            RunnerLog.Failed(
                _logger, result.IsStopped ? LogLevel.Information : LogLevel.Warning, result.Cause, _provider, request.Row.RunId, result.Failure, result.Error!);
        }

        return result;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<CycleResult> RunOneAsync(CycleRequest request, CancellationToken stop, CancellationToken over, CancellationToken drain)
    {
        var (normalizer, failure) = await NamesAsync(stop).ConfigureAwait(false);
        if (normalizer is null)
        {
            return failure!;
        }

        using var ended = request.Kind == CycleKind.Backfill ? CancellationTokenSource.CreateLinkedTokenSource(stop, over) : null;
        request.Row.OnLoss = _forget;
        _pipeline.Begin(request, normalizer, ended?.Token ?? CancellationToken.None);
        var result = await ReadAsync(request, stop, over, drain).ConfigureAwait(false);
        return await FlushAsync(result, drain).ConfigureAwait(false);
    }

    // A table with contradictions, say, fails the cycle: it may be mended before the next one.
    private async ValueTask<(PriceNormalizer? Names, CycleResult? Failure)> NamesAsync(CancellationToken stop)
    {
        try
        {
            return await _names.OpenAsync(stop).ConfigureAwait(false) is { } names
                ? (names, null)
                : (null, new CycleResult("the table of aliases cannot be read", IsStopped: stop.IsCancellationRequested));
        }
        catch (Exception error)
        {
            return (null, new CycleResult($"the table of aliases cannot be used: {error.GetType().Name}: {error.Message}", Cause: error));
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<CycleResult> ReadAsync(CycleRequest request, CancellationToken stop, CancellationToken over, CancellationToken drain)
    {
        var fetch = new CancellationTokenSource();
        var reader = new CycleReader(request, _pipeline, _samples, _cameBack, _cancel, fetch.Token, drain);
        _watch.Begin(reader, fetch, request);
        try
        {
            using var onStop = stop.UnsafeRegister(static state => ((ProgressWatch)state!).Cancel("the host stops or has lost the lease"), _watch);
            using var onOver = over.UnsafeRegister(static state => ((ProgressWatch)state!).Cancel("it is slow, and so are as many others as may be"), _watch);
            using var onDrain = drain.UnsafeRegister(static state => ((ProgressWatch)state!).Hurry(), _watch);

            // A provider that blocks the thread it is called on, or computes for long, blocks none that others need.
            _parts.Threads.Run(reader);
            var result = await JudgeAsync(reader, request).ConfigureAwait(false);
            return result.IsSuccess ? result : result with { IsStopped = stop.IsCancellationRequested };
        }
        finally
        {
            _watch.End();
        }
    }

    private CycleResult Abandon(CycleRequest request)
    {
        RunnerLog.LeftBehind(_logger, _provider, request.Row.RunId, Interlocked.Increment(ref _leftBehind));
        return new CycleResult($"{_watch.Reason}, and the provider ignored its cancellation");
    }

    private void CameBack()
    {
        Interlocked.Decrement(ref _leftBehind);
        RunnerLog.CameBack(_logger, _provider);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<CycleResult> JudgeAsync(CycleReader reader, CycleRequest request)
    {
        try
        {
            // One that ends quietly when it is told to has no more come to its end than one that throws.
            return !await reader.Ended.ConfigureAwait(false) ? Abandon(request)
                : _watch.Reason is { } reason ? new CycleResult(reason)
                : CycleResult.Success;
        }
        catch (Exception) when (_watch.Reason is not null)
        {
            return new CycleResult(_watch.Reason);
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

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<CycleResult> FlushAsync(CycleResult result, CancellationToken drain)
    {
        try
        {
            await _pipeline.FlushAsync(drain).ConfigureAwait(false);
            return result;
        }
        catch (Exception error)
        {
            return result with { Error = result.Error ?? $"{error.GetType().Name}: {error.Message}", Cause = result.Cause ?? error };
        }
        finally
        {
            _pipeline.Drop("they could not be passed on");
        }
    }
}
