namespace Tracera.Ingestion;

/// <summary>Calls the store so that neither an error nor a call that hangs reaches the caller.</summary>
internal static class StoreCall
{
    /// <summary>The deadline of a call.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    public static async Task<Answer<T>> TryAsync<T>(
        Func<CancellationToken, ValueTask<T>> call, TimeSpan deadline, TimeProvider time, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        return await AnswerAsync(InvokeAsync(static (call, token) => call(token), call, either.Token), deadline, either.Token).ConfigureAwait(false);
    }

    /// <summary>Makes one of several calls that share a deadline; only one at a time.</summary>
    public static async ValueTask<Answer<T>> TryAsync<TState, T>(Func<TState, CancellationToken, ValueTask<T>> call, TState state, CallDeadline late)
    {
        var token = late.Begin();
        var answer = await AnswerAsync(InvokeAsync(call, state, token), late.After, token).ConfigureAwait(false);
        late.End();
        return answer;
    }

    public static Task<Answer<bool>> TryAsync(
        Func<CancellationToken, ValueTask> call, TimeSpan deadline, TimeProvider time, CancellationToken cancellationToken) =>
        TryAsync(
            async token =>
            {
                await call(token).ConfigureAwait(false);
                return true;
            },
            deadline,
            time,
            cancellationToken);

    /// <summary>Keeps the error of a task that nobody waits for any more from surfacing as unobserved.</summary>
    public static void Observe(Task task) =>
        _ = task.ContinueWith(
            static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    private static async ValueTask<Answer<T>> AnswerAsync<T>(ValueTask<T> call, TimeSpan deadline, CancellationToken late)
    {
        if (call.IsCompletedSuccessfully)
        {
            return new Answer<T>(true, await call.ConfigureAwait(false), null);
        }

        var answer = call.AsTask();
        await ((Task)answer.WaitAsync(late)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (answer.IsCompletedSuccessfully)
        {
            return new Answer<T>(true, await answer.ConfigureAwait(false), null);
        }

        Observe(answer);
        return new Answer<T>(false, default, answer.Exception?.InnerException ?? new TimeoutException($"No answer within {deadline}."));
    }

    // Wrapped, so that a call which throws before its first await fails its task.
    private static async ValueTask<T> InvokeAsync<TState, T>(Func<TState, CancellationToken, ValueTask<T>> call, TState state, CancellationToken cancellationToken) =>
        await call(state, cancellationToken).ConfigureAwait(false);
}
