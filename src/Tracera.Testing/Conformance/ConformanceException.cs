namespace Tracera.Testing;

/// <summary>An implementation does not keep its contract. The message lists every broken rule.</summary>
public sealed class ConformanceException : Exception
{
    /// <summary>Makes the error.</summary>
    public ConformanceException()
        : this("The contract is not kept.")
    {
    }

    /// <summary>Makes the error with a message.</summary>
    /// <param name="message">What is broken, for a person.</param>
    public ConformanceException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the error with a message and its cause.</summary>
    /// <param name="message">What is broken, for a person.</param>
    /// <param name="innerException">What was thrown below.</param>
    public ConformanceException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes the error of broken rules.</summary>
    /// <param name="subject">What was looked at.</param>
    /// <param name="broken">The broken rules, at least one.</param>
    public ConformanceException(string subject, IReadOnlyList<BrokenRule> broken)
        : base($"{subject} breaks {broken?.Count} of its rules:{string.Concat(broken?.Select(rule => $"{Environment.NewLine}- {rule}") ?? [])}") =>
        Broken = broken ?? [];

    /// <summary>The broken rules, each once.</summary>
    public IReadOnlyList<BrokenRule> Broken { get; } = [];
}
