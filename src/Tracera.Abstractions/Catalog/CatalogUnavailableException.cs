namespace Tracera;

/// <summary>The catalogue cannot be reached now; the same call may succeed later.</summary>
public sealed class CatalogUnavailableException : Exception
{
    /// <summary>Makes the error.</summary>
    public CatalogUnavailableException()
        : this("The catalogue cannot be reached.")
    {
    }

    /// <summary>Makes the error with a message.</summary>
    /// <param name="message">What was tried, for a person.</param>
    public CatalogUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the error with a message and its cause.</summary>
    /// <param name="message">What was tried, for a person.</param>
    /// <param name="innerException">What the store's client threw.</param>
    public CatalogUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
