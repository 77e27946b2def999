namespace Tracera;

/// <summary>A sink could not write a batch.</summary>
public sealed class SinkException : Exception
{
    /// <summary>Makes a transient failure.</summary>
    public SinkException()
        : this("The sink could not write.")
    {
    }

    /// <summary>Makes a transient failure with a message.</summary>
    /// <param name="message">What went wrong, for a person.</param>
    public SinkException(string message)
        : this(SinkFailure.Transient, message)
    {
    }

    /// <summary>Makes a transient failure with a message and its cause.</summary>
    /// <param name="message">What went wrong, for a person.</param>
    /// <param name="innerException">What the target's client threw.</param>
    public SinkException(string message, Exception innerException)
        : this(SinkFailure.Transient, message, innerException)
    {
    }

    /// <summary>Makes a failure of a kind.</summary>
    /// <param name="failure">Whether trying again can help.</param>
    /// <param name="message">What went wrong, for a person.</param>
    /// <param name="innerException">What the target's client threw.</param>
    public SinkException(SinkFailure failure, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Failure = failure;
    }

    /// <summary>Whether trying again can help.</summary>
    public SinkFailure Failure { get; }
}
