using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Tracera.Ingestion;

/// <summary>The tasks that the scheduler has set going. Thread-safe.</summary>
internal sealed class Workers(ILogger logger)
{
    private readonly ConcurrentDictionary<Task, byte> _tasks = new();

    public void Run(Func<Task> work)
    {
        var task = Task.Run(work);
        _tasks.TryAdd(task, 0);
        _ = task.ContinueWith(
            ended =>
            {
                _tasks.TryRemove(ended, out _);
                if (ended.IsFaulted)
                {
                    SchedulerLog.Broken(logger, ended.Exception.InnerException);
                }
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    /// <summary>Ends when all have ended, however they ended.</summary>
    public async Task WhenAllAsync()
    {
        while (!_tasks.IsEmpty)
        {
            await Task.WhenAll(_tasks.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.Yield();
        }
    }
}
