namespace Tracera.Testing;

/// <summary>Collects the broken rules of one verification; of each rule, the first way in which it is broken.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Findings(ConformanceSettings settings, CancellationToken cancellationToken)
{
    private readonly Lock _gate = new();
    private readonly List<BrokenRule> _broken = [];

    public CancellationToken Token => cancellationToken;

    public TimeProvider Time => settings.Time;

    public void Expect(ConformanceRule rule, bool holds, string detail)
    {
        if (holds || !settings.Holds(rule))
        {
            return;
        }

        lock (_gate)
        {
            if (!_broken.Exists(known => known.Rule == rule))
            {
                _broken.Add(new BrokenRule(rule, detail));
            }
        }
    }

    public void ExpectEqual<T>(ConformanceRule rule, T expected, T actual, string what) =>
        Expect(rule, EqualityComparer<T>.Default.Equals(expected, actual), $"{what}: expected {Show(expected)}, found {Show(actual)}.");

    public void ExpectSame<T>(ConformanceRule rule, IEnumerable<T> expected, IEnumerable<T> actual, string what)
    {
        var (wanted, found) = (expected.ToList(), actual.ToList());
        var at = Enumerable.Range(0, Math.Max(wanted.Count, found.Count))
            .FirstOrDefault(i => i >= wanted.Count || i >= found.Count || !EqualityComparer<T>.Default.Equals(wanted[i], found[i]), -1);
        Expect(rule, at < 0, $"{what}: expected {wanted.Count}, found {found.Count}; the first difference, at {at}: {ShowAt(wanted, at)} against {ShowAt(found, at)}.");
    }

    /// <summary>Runs a part of the verification. What it throws, and that it does not end, breaks the rule.</summary>
    public async Task CheckAsync(ConformanceRule rule, Func<Task> check)
    {
        if (!settings.Holds(rule))
        {
            return;
        }

        try
        {
            await WithinAsync(Task.Run(check, cancellationToken)).ConfigureAwait(false);
        }
        catch (StuckException exception)
        {
            Expect(rule, false, exception.Message);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Expect(rule, false, $"It threw {exception.GetType().Name}: {exception.Message}");
        }
    }

    /// <summary>Expects an exception of a kind that says something.</summary>
    public async Task ExpectThrowAsync<TException>(ConformanceRule rule, Func<Task> act, string what, string mention = "")
        where TException : Exception
    {
        try
        {
            await act().ConfigureAwait(false);
            Expect(rule, false, $"{what}: expected {typeof(TException).Name}, nothing was thrown.");
        }
        catch (StuckException exception)
        {
            Expect(rule, false, $"{what}: expected {typeof(TException).Name}. {exception.Message}");
        }
        catch (TException exception)
        {
            Expect(rule, exception.Message.Contains(mention, StringComparison.Ordinal), $"{what}: the message '{exception.Message}' does not say '{mention}'.");
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Expect(rule, false, $"{what}: expected {typeof(TException).Name}, it threw {exception.GetType().Name}: {exception.Message}");
        }
    }

    /// <summary>How long a step is waited for.</summary>
    public TimeSpan Patience => settings.Within;

    /// <summary>Waits for a step, but not for ever.</summary>
    public async Task WithinAsync(Task step)
    {
        try
        {
            await step.WaitAsync(settings.Within, settings.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!step.IsCompleted)
        {
            throw new StuckException(settings.Within);
        }
        catch (TimeoutException)
        {
            // Its own, or it has come to its end in the last moment.
            await step.ConfigureAwait(false);
        }
    }

    public async Task<T> WithinAsync<T>(Task<T> step)
    {
        await WithinAsync((Task)step).ConfigureAwait(false);
        return await step.ConfigureAwait(false);
    }

    public void ThrowIfBroken(string subject)
    {
        if (_broken.Count > 0)
        {
            throw new ConformanceException(subject, [.. _broken]);
        }
    }

    private static string Show<T>(T value) => value?.ToString() ?? "nothing";

    private static string ShowAt<T>(List<T> values, int at) => at >= 0 && at < values.Count ? Show(values[at]) : "nothing";
}
