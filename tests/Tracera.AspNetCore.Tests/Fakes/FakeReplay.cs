namespace Tracera.AspNetCore.Tests;

/// <summary>Notes what shall be replayed.</summary>
internal sealed class FakeReplay : IDeadLetterReplay
{
    public ReplayRequest? Asked { get; private set; }

    public ValueTask<ReplayOutcome> ReplayAsync(ReplayRequest request, CancellationToken cancellationToken)
    {
        Asked = request;
        return ValueTask.FromResult(new ReplayOutcome(1, 2, 3, 4, 5));
    }
}
