namespace Tracera;

/// <summary>A provider's cycle failed.</summary>
public sealed class ProviderException : Exception
{
    /// <summary>Makes a transient failure.</summary>
    public ProviderException()
        : this("The provider failed.")
    {
    }

    /// <summary>Makes a transient failure with a message.</summary>
    /// <param name="message">What went wrong, for a person.</param>
    public ProviderException(string message)
        : this(ProviderFailure.Transient, message)
    {
    }

    /// <summary>Makes a transient failure with a message and its cause.</summary>
    /// <param name="message">What went wrong, for a person.</param>
    /// <param name="innerException">What was thrown below.</param>
    public ProviderException(string message, Exception innerException)
        : this(ProviderFailure.Transient, message, innerException: innerException)
    {
    }

    /// <summary>Makes a failure of a kind.</summary>
    /// <param name="failure">The kind.</param>
    /// <param name="message">What went wrong, for a person; no secret may be in it.</param>
    /// <param name="retryAt">The earliest instant at which the venue may be asked again, where it said so.</param>
    /// <param name="innerException">What was thrown below.</param>
    public ProviderException(
        ProviderFailure failure, string message, DateTimeOffset? retryAt = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Failure = failure;
        RetryAt = retryAt;
    }

    /// <summary>The kind of the failure.</summary>
    public ProviderFailure Failure { get; }

    /// <summary>The earliest instant at which the venue may be asked again; null when it did not say.</summary>
    public DateTimeOffset? RetryAt { get; }
}
