using System.Collections.Concurrent;

namespace Tracera.Abstractions.Tests.Lifecycle;

/// <summary>A part that writes down what is asked of it.</summary>
internal sealed class RecordingPart(string name, ConcurrentQueue<string> events) : ITraceraComponent
{
    public Func<CancellationToken, Task> OnStart { get; init; } = _ => Task.CompletedTask;

    public Func<CancellationToken, Task> OnStop { get; init; } = _ => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        events.Enqueue($"start {name}");
        return OnStart(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        events.Enqueue($"stop {name}");
        return OnStop(cancellationToken);
    }

    public ComponentRegistration At(int stage) => new(name, stage, _ => this);
}
