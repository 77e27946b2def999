namespace Tracera.Lifecycle;

/// <summary>Stops what still runs when the services are disposed: a host in which another service could not be started disposes without stopping.</summary>
/// <remarks>Made after every part, so that it is disposed before them. Where a host disposes synchronously nothing can be waited for, and nothing is stopped.</remarks>
internal sealed class LifecycleEnd : IAsyncDisposable, IDisposable
{
    /// <summary>Stops what runs; set once it does.</summary>
    public Func<CancellationToken, Task>? Stop { get; set; }

    public async ValueTask DisposeAsync()
    {
        if (Stop is { } stop)
        {
            await stop(CancellationToken.None).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
    }
}
