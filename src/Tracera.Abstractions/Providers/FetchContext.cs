namespace Tracera;

/// <summary>What a provider is asked for in one cycle, and where it reports what it does not yield.</summary>
/// <remarks>Belongs to one cycle. <see cref="Reject"/> and <see cref="ReportProgress"/> may be called from any thread of that cycle.</remarks>
public sealed class FetchContext
{
    private readonly Action<Rejection>? _onReject;
    private readonly Action? _onProgress;

    /// <summary>Makes a context; the runner does so for every cycle, and tests may.</summary>
    /// <param name="provider">The provider's registered name.</param>
    /// <param name="runId">The run.</param>
    /// <param name="scheduledAt">The cycle's scheduled time.</param>
    /// <param name="options">How the provider is polled.</param>
    /// <param name="onReject">Told of every row that is not taken.</param>
    /// <param name="onProgress">Told of every sign of life.</param>
    public FetchContext(
        string provider,
        RunId runId,
        DateTimeOffset scheduledAt,
        ProviderOptions options,
        Action<Rejection>? onReject = null,
        Action? onProgress = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(provider);
        ArgumentNullException.ThrowIfNull(options);
        Provider = provider;
        RunId = runId;
        ScheduledAt = scheduledAt;
        Currency = string.IsNullOrEmpty(options.Currency) ? Currency.Usd : Currency.Parse(options.Currency);
        Items = options.Items.Count == 0 ? [] : [.. options.Items];
        _onReject = onReject;
        _onProgress = onProgress;
    }

    /// <summary>The provider's registered name.</summary>
    public string Provider { get; }

    /// <summary>The run that this cycle belongs to.</summary>
    public RunId RunId { get; }

    /// <summary>The cycle's scheduled time: fixed once, and the time of every price that has none of its own.</summary>
    public DateTimeOffset ScheduledAt { get; }

    /// <summary>The currency that is wanted; a venue with only one currency ignores it and says its own.</summary>
    public Currency Currency { get; }

    /// <summary>The names that are wanted, for venues that are asked by name; empty means all.</summary>
    public IReadOnlyList<string> Items { get; }

    /// <summary>Reports a row that is not a price. It is counted, sampled in the log, and the cycle goes on.</summary>
    /// <param name="name">The item's name, where the row has one.</param>
    /// <param name="reason">One of <see cref="RejectReasons"/>, or a code of the provider's own in the same style.</param>
    /// <param name="sample">A piece of the row, for a person; cut to <see cref="Rejection.MaxSampleLength"/> characters. No secret may be in it.</param>
    public void Reject(string? name, string reason, string? sample = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(reason);
        if (sample?.Length > Rejection.MaxSampleLength)
        {
            sample = sample[..Rejection.MaxSampleLength];
        }

        _onReject?.Invoke(new Rejection(reason, name, sample));
    }

    /// <summary>Says that the cycle is alive although no row came, for example that a page was read.</summary>
    public void ReportProgress() => _onProgress?.Invoke();
}
