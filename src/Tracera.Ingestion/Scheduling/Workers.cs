using Microsoft.Extensions.Logging;

namespace Tracera.Ingestion;

/// <summary>The work that the scheduler has set going. Thread-safe.</summary>
internal sealed class Workers(ILogger logger)
{
    private readonly Lock _gate = new();
    private int _running;
    private TaskCompletionSource? _idle;

    /// <summary>Sets work going on the thread pool; an error of it is logged.</summary>
    public void Run(Func<Task> work) => Run(static work => new ValueTask(work()), work);

    /// <inheritdoc cref="Run(Func{Task})"/>
    public void Run<T>(Func<T, ValueTask> work, T state)
    {
        lock (_gate)
        {
            _running++;
        }

        _ = RunAsync(work, state);
    }

    /// <summary>Ends when nothing runs any more, however it ended.</summary>
    public Task WhenAllAsync()
    {
        lock (_gate)
        {
            if (_running == 0)
            {
                return Task.CompletedTask;
            }

            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }

    private async Task RunAsync<T>(Func<T, ValueTask> work, T state)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await work(state).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // It was told to end.
        }
        catch (Exception error)
        {
            SchedulerLog.Broken(logger, error);
        }
        finally
        {
            End();
        }
    }

    private void End()
    {
        lock (_gate)
        {
            if (--_running == 0)
            {
                _idle?.TrySetResult();
                _idle = null;
            }
        }
    }
}
