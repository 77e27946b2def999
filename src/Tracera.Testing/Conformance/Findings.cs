namespace Tracera.Testing;

/// <summary>Collects the broken rules of one verification; of each rule, the first way in which it is broken.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Findings
{
    /// <summary>A check in which no step ends for so many times the time of a step is stuck.</summary>
    private const int StepsOfPatience = 4;

    private readonly ConformanceSettings _settings;
    private readonly List<BrokenRule> _broken;
    private int _steps;
    private volatile bool _isStuck;

    public Findings(ConformanceSettings settings, CancellationToken cancellationToken)
        : this(settings, [], cancellationToken)
    {
    }

    private Findings(ConformanceSettings settings, List<BrokenRule> broken, CancellationToken cancellationToken) =>
        (_settings, _broken, Token) = (settings, broken, cancellationToken);

    /// <summary>Ends the verification; within a check, also the check once it is stuck, so that nothing of it goes on.</summary>
    public CancellationToken Token { get; }

    public TimeProvider Time => _settings.Time;

    /// <summary>How long a step is waited for.</summary>
    public TimeSpan Patience => _settings.Within;

    /// <summary>Whether a rule is not excepted.</summary>
    public bool Holds(ConformanceRule rule) => _settings.Holds(rule);

    /// <summary>Notes a broken rule. What a check finds after it was given up does not count.</summary>
    public void Expect(ConformanceRule rule, bool holds, string detail)
    {
        if (holds || Token.IsCancellationRequested || !_settings.Holds(rule))
        {
            return;
        }

        lock (_broken)
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

    /// <summary>Runs a part of the verification. What it throws, and that it does not end, breaks the rule; one that is stuck is cancelled.</summary>
    public Task CheckAsync(ConformanceRule rule, Func<Findings, Task> check) => Holds(rule) ? RunAsync(rule, check) : Task.CompletedTask;

    /// <summary>Runs a part of the verification that is about other rules too, whether or not this one is excepted.</summary>
    public async Task RunAsync(ConformanceRule rule, Func<Findings, Task> check)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var own = new Findings(_settings, _broken, ending.Token);
        try
        {
            await own.WhenDoneAsync(Task.Run(() => check(own), Token)).ConfigureAwait(false);
        }
        catch (StuckException exception)
        {
            own._isStuck = true;
            Expect(rule, false, exception.Message);
        }
        catch (Exception exception) when (!Token.IsCancellationRequested)
        {
            Expect(rule, false, $"It threw {exception.GetType().Name}: {exception.Message}");
        }
        finally
        {
            await (own._isStuck ? own.EndAsync(ending) : Task.CompletedTask).ConfigureAwait(false);
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
        catch (Exception exception) when (!Token.IsCancellationRequested)
        {
            Expect(rule, false, $"{what}: expected {typeof(TException).Name}, it threw {exception.GetType().Name}: {exception.Message}");
        }
    }

    /// <summary>Runs a step on a thread of its own, so that one that blocks is noticed too, and waits for it, but not for ever.</summary>
    public Task StepAsync(Func<Task> step, string what = "It") => WithinAsync(Task.Run(step, CancellationToken.None), what);

    public async Task<T> StepAsync<T>(Func<Task<T>> step, string what = "It")
    {
        var running = Task.Run(step, CancellationToken.None);
        await WithinAsync(running, what).ConfigureAwait(false);
        return await running.ConfigureAwait(false);
    }

    /// <summary>Waits for a step that is under way, but not for ever.</summary>
    public async Task WithinAsync(Task step, string what = "It")
    {
        if (!await EndsAsync(step, Patience).ConfigureAwait(false))
        {
            _isStuck = true;
            throw new StuckException($"{what} did not end within {Patience}.");
        }

        Interlocked.Increment(ref _steps);
    }

    public void ThrowIfBroken(string subject)
    {
        if (_broken.Count > 0)
        {
            throw new ConformanceException(subject, [.. _broken]);
        }
    }

    // However many steps a check has: as long as they end, it goes on.
    private async Task WhenDoneAsync(Task check)
    {
        for (var steps = 0; !await EndsAsync(check, Patience * StepsOfPatience).ConfigureAwait(false);)
        {
            steps = steps != Volatile.Read(ref _steps)
                ? Volatile.Read(ref _steps)
                : throw new StuckException($"No step of the check ended within {Patience * StepsOfPatience}.");
        }
    }

    private async Task<bool> EndsAsync(Task task, TimeSpan within)
    {
        try
        {
            await task.WaitAsync(within, Time, Token).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            return false;
        }
        catch (TimeoutException)
        {
            // Its own, or it has come to its end in the last moment.
            await task.ConfigureAwait(false);
        }

        return true;
    }

    // What the subject does when it is cancelled is not waited for longer than for a step, and what it throws then is not looked at.
    private async Task EndAsync(CancellationTokenSource ending)
    {
        try
        {
            await ending.CancelAsync().WaitAsync(Patience, Time, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is AggregateException or TimeoutException)
        {
        }
    }

    private static string Show<T>(T value) => value?.ToString() ?? "nothing";

    private static string ShowAt<T>(List<T> values, int at) => at >= 0 && at < values.Count ? Show(values[at]) : "nothing";
}
