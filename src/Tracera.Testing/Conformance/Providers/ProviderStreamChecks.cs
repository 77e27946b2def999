using System.Net;

namespace Tracera.Testing;

/// <summary>What is promised while an answer is still under way.</summary>
internal static class ProviderStreamChecks
{
    private const int LongBody = 256 * 1024;

    public static IReadOnlyList<(ConformanceRule Rule, Func<ProviderBench, Task> Check)> All { get; } =
        [(ProviderRules.Streams, StreamsAsync), (ProviderRules.Cancellation, CancelledInTheBodyAsync), (ProviderRules.Cancellation, CancelledBeforeTheAnswerAsync)];

    private static async Task StreamsAsync(ProviderBench bench)
    {
        if (bench.RowsFor(ProviderRules.Streams) is null)
        {
            return;
        }

        using var body = Held(bench);
        await using var session = bench.Open(_ => Venue.Answer(HttpStatusCode.OK, body, "application/json"));
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(bench.Findings.Token);
        var rows = bench.RowsAsync(session, bench.Context(session, "", new CycleRows(bench.Findings.Token)), ending.Token).GetAsyncEnumerator(ending.Token);
        var first = Task.Run(() => rows.MoveNextAsync().AsTask(), CancellationToken.None);
        try
        {
            await bench.Findings.WithinAsync(first).ConfigureAwait(false);
        }
        catch (StuckException)
        {
            bench.Findings.Expect(ProviderRules.Streams, false, $"No price came while all but the last row of {LongBody / 1024} KiB was here and the end was not.");
        }
        finally
        {
            await EndAsync(bench, rows, first, body, ending).ConfigureAwait(false);
        }
    }

    private static async Task CancelledInTheBodyAsync(ProviderBench bench)
    {
        using var body = bench.Json is null ? new HeldBody(bench.Subject.Body[..(bench.Subject.Body.Length / 2)], []) : Held(bench);
        await using var session = bench.Open(_ => Venue.Answer(HttpStatusCode.OK, body, "application/json"));
        try
        {
            await CancelledAsync(bench, session, body.Waiting, "in the midst of the body").ConfigureAwait(false);
        }
        finally
        {
            body.Release();
        }
    }

    // A venue that has taken the request and says nothing, not even a status.
    private static async Task CancelledBeforeTheAnswerAsync(ProviderBench bench)
    {
        var (asked, released) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await using var session = bench.Open(async (_, token) =>
        {
            asked.TrySetResult();
            await released.Task.WaitAsync(token).ConfigureAwait(false);
            return Venue.Json(bench.Subject.Body);
        });
        try
        {
            await CancelledAsync(bench, session, asked.Task, "while it waited for the answer's headers").ConfigureAwait(false);
        }
        finally
        {
            released.TrySetResult();
        }
    }

    private static async Task CancelledAsync(ProviderBench bench, ProviderSession session, Task waiting, string when)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(bench.Findings.Token);
        var context = bench.Context(session, "", new CycleRows(bench.Findings.Token));
        var reading = Task.Run(() => ReadAsync(bench.RowsAsync(session, context, ending.Token)), CancellationToken.None);
        var first = await Task.WhenAny(reading, bench.Findings.WithinAsync(waiting)).ConfigureAwait(false);
        await ending.CancelAsync().ConfigureAwait(false);
        try
        {
            await bench.Findings.WithinAsync(reading).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!bench.Findings.Token.IsCancellationRequested)
        {
            // As it should be.
        }
        catch (StuckException)
        {
            bench.Findings.Expect(ProviderRules.Cancellation, false, $"A cycle that was cancelled {when} did not end.");
        }
        catch (Exception exception) when (first != reading && !bench.Findings.Token.IsCancellationRequested)
        {
            bench.Findings.Expect(ProviderRules.Cancellation, false, $"A cycle that was cancelled {when} ended as a failure, {exception.GetType().Name}: {exception.Message}");
        }
    }

    private static async Task ReadAsync(IAsyncEnumerable<RawPrice> prices)
    {
        await foreach (var _ in prices.ConfigureAwait(false))
        {
        }
    }

    // The last read is let go before the enumerator is closed, as the language asks; what it throws then is not looked at.
    private static async Task EndAsync(
        ProviderBench bench, IAsyncEnumerator<RawPrice> rows, Task<bool> first, HeldBody body, CancellationTokenSource ending)
    {
        await ending.CancelAsync().ConfigureAwait(false);
        body.Release();
        await bench.Findings.WithinAsync(first.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default)).ConfigureAwait(false);
        await rows.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>A long answer of the served rows, all but the last of which are here.</summary>
    private static HeldBody Held(ProviderBench bench)
    {
        var rows = bench.Json!.Rows.Select(row => (row.Key, Value: row.Value.GetRawText())).ToList();
        var size = Math.Max(1, rows.Sum(row => row.Key.Length + row.Value.Length));
        var repeated = Enumerable.Range(0, (LongBody / size) + 1).SelectMany(round => rows.Select(row => (round == 0 ? row.Key : $"{row.Key} {round}", row.Value)));
        var (beginning, rest) = bench.Json.Split(repeated, rows[^1]);
        return new HeldBody(beginning, rest);
    }
}
