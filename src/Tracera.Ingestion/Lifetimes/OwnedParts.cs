using Microsoft.Extensions.DependencyInjection;

namespace Tracera.Ingestion;

/// <summary>Disposes, once each, the plug-ins that registrations made. One whose type is a service of the app belongs to the app's container, which disposes it itself.</summary>
internal sealed class OwnedParts(IServiceProvider services, TimeProvider time)
{
    private readonly IServiceProviderIsService? _registered = services.GetService<IServiceProviderIsService>();
    private readonly List<object> _parts = [];

    /// <summary>Remembers what a factory made.</summary>
    public void Add(object made)
    {
        if (_registered?.IsService(made.GetType()) != true && !_parts.Exists(known => ReferenceEquals(known, made)))
        {
            _parts.Add(made);
        }
    }

    /// <summary>Disposes them, the last one made first; one that does not end is not waited for.</summary>
    public async Task DisposeAsync(CancellationToken cancellationToken)
    {
        for (var i = _parts.Count - 1; i >= 0; i--)
        {
            var part = _parts[i];
            await StoreCall.TryAsync(_ => DisposeAsync(part), StoreCall.Deadline, time, cancellationToken).ConfigureAwait(false);
        }

        _parts.Clear();
    }

    private static async ValueTask DisposeAsync(object part)
    {
        if (part is IAsyncDisposable asynchronous)
        {
            await asynchronous.DisposeAsync().ConfigureAwait(false);
        }
        else
        {
            (part as IDisposable)?.Dispose();
        }
    }
}
