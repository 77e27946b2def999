namespace Tracera.AspNetCore.Tests;

/// <summary>A scheduler that answers what it is told to.</summary>
internal sealed class FakeControl : IIngestionControl
{
    public Func<RunRequest, RunTicket> Start { get; set; } = request => throw new InvalidOperationException($"Unexpected {request}.");

    public RunRequest? LastRequest { get; private set; }

    public List<ProviderStatus> Providers { get; } = [];

    public PipelineSnapshot Pipeline { get; set; } = new([], [], []);

    public ValueTask<RunTicket> StartRunAsync(RunRequest request, CancellationToken cancellationToken)
    {
        LastRequest = request;
        return ValueTask.FromResult(Start(request));
    }

    public IReadOnlyList<ProviderStatus> GetProviders() => Providers;

    public PipelineSnapshot GetPipeline() => Pipeline;
}
