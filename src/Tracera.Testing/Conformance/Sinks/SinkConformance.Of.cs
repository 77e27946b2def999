namespace Tracera.Testing;

/// <summary>A conformance kit for one sink; begin with <see cref="SinkConformance"/>.</summary>
/// <typeparam name="TSink">The sink.</typeparam>
public sealed class SinkConformance<TSink>
    where TSink : IPriceSink
{
    private readonly ConformanceSettings _settings = new();
    private readonly SinkSubject<TSink> _subject;

    internal SinkConformance(Func<CancellationToken, ValueTask<TSink>> open) => _subject = new SinkSubject<TSink>(open);

    /// <summary>Says how to read what the target holds. Without, <see cref="SinkRules.Arrives"/>, <see cref="SinkRules.IdempotentByBatch"/> and <see cref="SinkRules.IdempotentByKey"/> are broken unless they are excepted, because they cannot be looked at.</summary>
    /// <param name="read">Reads every tick, in any order; a target that keeps only the latest of each series gives those.</param>
    /// <returns>This kit.</returns>
    public SinkConformance<TSink> ReadBack(Func<TSink, CancellationToken, ValueTask<IReadOnlyList<PriceTick>>> read)
    {
        _subject.Read = read;
        return this;
    }

    /// <summary>Says how to take the target away and to bring it back. Without, <see cref="SinkRules.Propagates"/> is broken unless it is excepted, because it cannot be looked at.</summary>
    /// <param name="away">From here on the target cannot be reached.</param>
    /// <param name="back">From here on it can.</param>
    /// <returns>This kit.</returns>
    public SinkConformance<TSink> Away(Action<TSink> away, Action<TSink> back)
    {
        (_subject.GoAway, _subject.ComeBack) = (away, back);
        return this;
    }

    /// <summary>Says how to make the target hang and to let it go on. Without, <see cref="SinkRules.CancelsMidway"/> is broken unless it is excepted, because it cannot be looked at.</summary>
    /// <param name="stall">From here on the target does not answer.</param>
    /// <param name="resume">From here on it does.</param>
    /// <returns>This kit.</returns>
    public SinkConformance<TSink> Stalled(Action<TSink> stall, Action<TSink> resume)
    {
        (_subject.Stall, _subject.Resume) = (stall, resume);
        return this;
    }

    /// <summary>Says that the sink is the durable one.</summary>
    /// <returns>This kit.</returns>
    public SinkConformance<TSink> Durable()
    {
        _subject.IsDurable = true;
        return this;
    }

    /// <summary>Sets the ticks that are written, for a sink that takes only such as it knows. Default: three ticks of items 1 to 3 of source 1.</summary>
    /// <param name="ticks">At least one tick; each of a series of its own.</param>
    /// <returns>This kit.</returns>
    public SinkConformance<TSink> Writing(params IReadOnlyList<PriceTick> ticks)
    {
        ArgumentOutOfRangeException.ThrowIfZero(ticks.Count);
        _subject.Ticks = ticks;
        return this;
    }

    /// <summary>Leaves a rule out, because the sink breaks it on purpose.</summary>
    /// <param name="rule">One of <see cref="SinkRules"/>.</param>
    /// <param name="reason">Why, for whoever reads the test.</param>
    /// <returns>This kit.</returns>
    public SinkConformance<TSink> Except(ConformanceRule rule, string reason)
    {
        _settings.Except(rule, reason);
        return this;
    }

    /// <summary>Sets how long one step may take, such as one write. Default: 30 s.</summary>
    /// <param name="span">The span, above zero.</param>
    /// <returns>This kit.</returns>
    public SinkConformance<TSink> Within(TimeSpan span)
    {
        _settings.SetWithin(span);
        return this;
    }

    /// <summary>Runs every check.</summary>
    /// <param name="cancellationToken">Ends the verification.</param>
    /// <returns>A task that ends when every rule is kept.</returns>
    /// <exception cref="ConformanceException">Rules are broken; the message names them all.</exception>
    public async Task VerifyAsync(CancellationToken cancellationToken = default)
    {
        var findings = new Findings(_settings, cancellationToken);
        foreach (var (rule, check) in SinkChecks<TSink>.All)
        {
            await findings.CheckAsync(rule, own => check(new SinkChecks<TSink>(_subject, own))).ConfigureAwait(false);
        }

        findings.ThrowIfBroken(typeof(TSink).Name);
    }
}
