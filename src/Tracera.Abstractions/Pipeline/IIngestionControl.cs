namespace Tracera;

/// <summary>Steers and observes the ingestion of this host.</summary>
/// <remarks>Thread-safe. Reading never waits for the pipeline.</remarks>
public interface IIngestionControl
{
    /// <summary>Starts a run now.</summary>
    /// <param name="request">What to ask.</param>
    /// <param name="cancellationToken">Ends the wait; a run that was started goes on.</param>
    /// <returns>The run, and which providers are in it.</returns>
    /// <exception cref="ArgumentException">A provider is unknown or switched off, or the range is empty; the message names it and what is allowed.</exception>
    ValueTask<RunTicket> StartRunAsync(RunRequest request, CancellationToken cancellationToken);

    /// <summary>Reads the state of every provider that is registered.</summary>
    /// <returns>The states, in order of name.</returns>
    IReadOnlyList<ProviderStatus> GetProviders();

    /// <summary>Reads the ledger and the queues.</summary>
    /// <returns>One consistent reading of each part.</returns>
    PipelineSnapshot GetPipeline();
}
