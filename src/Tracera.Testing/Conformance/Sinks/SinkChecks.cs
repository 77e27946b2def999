namespace Tracera.Testing;

/// <summary>The checks of a sink; each has a sink of its own.</summary>
internal sealed class SinkChecks<TSink>(SinkSubject<TSink> subject, Findings findings)
    where TSink : IPriceSink
{
    private static readonly TimeSpan TimeToStall = TimeSpan.FromMilliseconds(250);
    private static readonly PriceTick[] None = [];

    /// <summary>The rules that are about what the target holds, and nothing else.</summary>
    private static readonly ConformanceRule[] OfTheTarget = [SinkRules.Arrives, SinkRules.IdempotentByBatch, SinkRules.IdempotentByKey];

    public static IReadOnlyList<(ConformanceRule Rule, Func<SinkChecks<TSink>, Task> Check)> All { get; } =
    [
        (SinkRules.Writes, checks => checks.OutcomesAsync()),
        (SinkRules.IdempotentByBatch, checks => checks.SameBatchAsync()),
        (SinkRules.IdempotentByKey, checks => checks.SameTicksAsync()),
        (SinkRules.LetsMemoryGo, checks => checks.MemoryAsync()),
        (SinkRules.Cancellation, checks => checks.CancelledAsync()),
        (SinkRules.CancelsMidway, checks => checks.CancelledMidwayAsync()),
        (SinkRules.Propagates, checks => checks.AwayAsync()),
    ];

    private Task OutcomesAsync() => UseAsync(async sink =>
    {
        if (!await TakesTheTicksAsync(sink).ConfigureAwait(false))
        {
            return;
        }

        await WriteAsync(sink, subject.Ticks, "a batch with a tick that is known").ConfigureAwait(false);
        await WriteAsync(sink, [.. subject.Ticks.Select(Later), .. subject.Ticks.Select(Later)], "a batch with each tick twice").ConfigureAwait(false);
        await WriteAsync(sink, [subject.Ticks[0]], "a tick that is older than what is known").ConfigureAwait(false);
    });

    private Task SameBatchAsync() => UseAsync(async sink =>
    {
        var id = Guid.NewGuid();
        await WriteAsync(sink, subject.Ticks, "a batch", id).ConfigureAwait(false);
        await WriteAsync(sink, subject.Ticks, "a batch that is offered again", id).ConfigureAwait(false);
        await ExpectOnceAsync(sink, SinkRules.IdempotentByBatch, "after the same batch twice").ConfigureAwait(false);
    });

    private Task SameTicksAsync() => UseAsync(async sink =>
    {
        await WriteAsync(sink, subject.Ticks, "a batch").ConfigureAwait(false);
        await ExpectOnceAsync(sink, SinkRules.Arrives, "after one batch").ConfigureAwait(false);
        await WriteAsync(sink, [.. subject.Ticks.Reverse()], "the same ticks in another batch").ConfigureAwait(false);
        await ExpectOnceAsync(sink, SinkRules.IdempotentByKey, "after the same ticks in two batches").ConfigureAwait(false);
    });

    // Written one by one, so that a sink which stores what it was given before meets the poison.
    private Task MemoryAsync() => UseAsync(async sink =>
    {
        var lent = new List<RevocableTicks>();
        foreach (var tick in subject.Ticks)
        {
            var memory = new RevocableTicks([tick]);
            lent.Add(memory);
            await StepAsync(sink, Batch(memory.Memory)).ConfigureAwait(false);
            findings.Expect(SinkRules.LetsMemoryGo, memory.IsUnchanged, "The sink changed the ticks of the batch.");
            memory.Revoke();
        }

        var held = await ReadAsync(sink).ConfigureAwait(false);
        findings.Expect(SinkRules.LetsMemoryGo, !lent.Exists(memory => memory.IsUsedLate), "The memory of a batch was read after its write had ended.");
        findings.Expect(SinkRules.LetsMemoryGo, held?.Contains(RevocableTicks.Poison) != true, "The target holds what was put into the memory after the write had ended.");
    });

    private Task CancelledAsync() => UseAsync(async sink =>
    {
        var batch = Batch(subject.Ticks.ToArray());
        try
        {
            var outcome = await findings.StepAsync(() => sink.WriteAsync(batch, new CancellationToken(canceled: true)).AsTask(), "A cancelled write").ConfigureAwait(false);
            findings.Expect(SinkRules.Cancellation, outcome.Total == batch.Count, $"A cancelled write answered {outcome} for {batch.Count} ticks.");
        }
        catch (OperationCanceledException) when (!findings.Token.IsCancellationRequested)
        {
            // The other way that is allowed.
        }

        await WriteAsync(sink, subject.Ticks, "the batch after a cancelled write", batch.Id).ConfigureAwait(false);
        await ExpectOnceAsync(sink, SinkRules.Cancellation, "after a cancelled write and the batch again").ConfigureAwait(false);
    });

    private Task CancelledMidwayAsync() => !CanLook(SinkRules.CancelsMidway, subject.Stall, "Stalled", "make the target hang") ? Task.CompletedTask : UseAsync(async sink =>
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(findings.Token);
        subject.Stall!(sink);
        var id = Guid.NewGuid();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var write = Task.Run(
            () =>
            {
                begun.SetResult();
                return sink.WriteAsync(Batch(subject.Ticks.ToArray(), id), deadline.Token).AsTask();
            },
            findings.Token);
        await findings.WithinAsync(begun.Task).ConfigureAwait(false);

        // It has the time to come to where it waits: one that looks at its token before must look at it again.
        var timeToStall = TimeToStall < findings.Patience / 4 ? TimeToStall : findings.Patience / 4;
        await Task.WhenAny(write, Task.Delay(timeToStall, TimeProvider.System, findings.Token)).ConfigureAwait(false);
        await deadline.CancelAsync().ConfigureAwait(false);
        try
        {
            await findings.WithinAsync(write, "A write that was cancelled midway").ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!findings.Token.IsCancellationRequested)
        {
            // As it should be.
        }
        finally
        {
            subject.Resume!(sink);
        }

        await WriteAsync(sink, subject.Ticks, "the batch after a write that was cancelled midway", id).ConfigureAwait(false);
        await ExpectOnceAsync(sink, SinkRules.CancelsMidway, "after a write that was cancelled midway and the batch again").ConfigureAwait(false);
    });

    private Task AwayAsync() => !CanLook(SinkRules.Propagates, subject.GoAway, "Away", "take the target away") ? Task.CompletedTask : UseAsync(async sink =>
    {
        var id = Guid.NewGuid();
        subject.GoAway!(sink);
        await findings.ExpectThrowAsync<Exception>(
            SinkRules.Propagates, () => StepAsync(sink, Batch(subject.Ticks.ToArray(), id)), "A write while the target is away").ConfigureAwait(false);
        subject.ComeBack!(sink);
        await WriteAsync(sink, subject.Ticks, "the batch after the target came back", id).ConfigureAwait(false);
        await ExpectOnceAsync(sink, SinkRules.Propagates, "after the target came back").ConfigureAwait(false);
    });

    // The first write, of a batch of one tick.
    private async Task<bool> TakesTheTicksAsync(TSink sink)
    {
        try
        {
            await WriteAsync(sink, [subject.Ticks[0]], "a batch of one tick").ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is not StuckException && subject.HasDefaultTicks && !findings.Token.IsCancellationRequested)
        {
            findings.Expect(
                SinkRules.Writes,
                false,
                $"The first write threw {exception.GetType().Name}: {exception.Message} The kit writes ticks of the items 1 to 3 at source 1; a sink that takes only what it knows is given its own by Writing(…).");
            return false;
        }
    }

    private static PriceTick Later(PriceTick tick) => tick with { ObservedAtMicroseconds = tick.ObservedAtMicroseconds + UnixTime.MicrosecondsPerSecond };

    private static PriceBatch Batch(ReadOnlyMemory<PriceTick> ticks, Guid? id = null) => new(id ?? Guid.NewGuid(), new RunId(Guid.NewGuid()), "conformance", ticks);

    private Task UseAsync(Func<TSink, Task> check) => subject.UseAsync(check, findings.Token);

    private Task<WriteOutcome> StepAsync(TSink sink, PriceBatch batch) => findings.StepAsync(() => sink.WriteAsync(batch, findings.Token).AsTask(), "A write");

    private async Task WriteAsync(TSink sink, IReadOnlyList<PriceTick> ticks, string what, Guid? id = null)
    {
        var batch = Batch(ticks.ToArray(), id);
        var outcome = await StepAsync(sink, batch).ConfigureAwait(false);
        findings.Expect(SinkRules.Total, outcome.Total == batch.Count, $"{what}: {batch.Count} ticks, but {outcome} makes {outcome.Total}.");
        findings.Expect(
            SinkRules.Total,
            new[] { outcome.Written, outcome.Duplicate, outcome.Corrected, outcome.Conflated, outcome.DeadLettered }.All(part => part >= 0 && part <= batch.Count),
            $"{what}: a number of {outcome} is below zero or above {batch.Count}.");
        findings.Expect(SinkRules.NothingConflated, !subject.IsDurable || outcome.Conflated == 0, $"{what}: {outcome}.");
    }

    private async Task ExpectOnceAsync(TSink sink, ConformanceRule rule, string when)
    {
        if (OfTheTarget.Contains(rule))
        {
            CanLook(rule, subject.Read, "ReadBack", "read what the target holds");
        }

        if (await ReadAsync(sink).ConfigureAwait(false) is { } held)
        {
            findings.ExpectSame(rule, Ordered(subject.Ticks), Ordered(held), $"The target {when}");
        }
    }

    // What cannot be looked at is not passed over in silence.
    private bool CanLook(ConformanceRule rule, Delegate? hook, string method, string what)
    {
        findings.Expect(rule, hook is not null, $"It cannot be looked at, because the kit is not told how to {what}. Say it with {method}(…), or except the rule and say why.");
        return hook is not null;
    }

    private async Task<IReadOnlyList<PriceTick>?> ReadAsync(TSink sink) =>
        subject.Read is null ? null : await subject.Read(sink, findings.Token).ConfigureAwait(false) ?? None;

    private static IEnumerable<PriceTick> Ordered(IEnumerable<PriceTick> ticks) =>
        ticks.OrderBy(tick => tick.Item).ThenBy(tick => tick.Source).ThenBy(tick => tick.ObservedAtMicroseconds);
}
