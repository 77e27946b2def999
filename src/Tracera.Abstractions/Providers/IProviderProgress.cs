namespace Tracera;

/// <summary>Is told of signs of life of a provider's cycles by what works for them, as an HTTP client does for its requests.</summary>
/// <remarks>Thread-safe. A provider itself calls <see cref="FetchContext.ReportProgress"/>.</remarks>
public interface IProviderProgress
{
    /// <summary>A request has gone out, or its answer has begun: for the backfill that the caller is part of, else for the cycle that runs.</summary>
    /// <param name="provider">The provider's registered name; one that runs no cycle just then, or that is not known, is passed over.</param>
    void Report(string provider);
}
