namespace Tracera.Testing;

/// <summary>What every kit lets its caller set.</summary>
internal sealed class ConformanceSettings
{
    public static readonly TimeSpan DefaultWithin = TimeSpan.FromSeconds(30);

    private readonly HashSet<ConformanceRule> _excepted = [];

    /// <summary>How long a step may take before it counts as stuck.</summary>
    public TimeSpan Within { get; private set; } = DefaultWithin;

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public void SetWithin(TimeSpan within)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(within, TimeSpan.Zero);
        Within = within;
    }

    public void Except(ConformanceRule rule, string reason)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        _excepted.Add(rule);
    }

    public bool Holds(ConformanceRule rule) => !_excepted.Contains(rule);
}
