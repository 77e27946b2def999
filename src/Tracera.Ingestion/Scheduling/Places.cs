using System.Collections.Concurrent;

namespace Tracera.Ingestion;

/// <summary>Bounds how many cycles run at one time, so that slow ones take no place from prompt ones for long. Thread-safe.</summary>
/// <remarks>
/// A cycle that has held its place for longer than the limit moves to one of the places for the slow, and is ended where none is free. A provider whose last cycle was slow waits for those
/// from the beginning, and in its turn for the one place on trial, from which a prompt success leads back. So a prompt provider waits for a slow one once at most, and a slow one for as many turns as there are slow ones.
/// </remarks>
internal sealed class Places(int prompt, int slow, TimeSpan slowAfter, TimeProvider time) : IDisposable
{
    private readonly Dictionary<PlaceKind, SemaphoreSlim> _free = new()
    {
        [PlaceKind.Prompt] = new SemaphoreSlim(prompt), [PlaceKind.Trial] = new SemaphoreSlim(1), [PlaceKind.Slow] = new SemaphoreSlim(slow),
    };

    private readonly ConcurrentBag<Place> _kept = [];
    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);

    /// <summary>Waits for a place and takes it; disposing it gives it back.</summary>
    public async ValueTask<Place> TakeAsync(string provider, CancellationToken cancellationToken)
    {
        var kind = _known.ContainsKey(provider) ? PlaceKind.Trial : PlaceKind.Prompt;
        await _free[kind].WaitAsync(cancellationToken).ConfigureAwait(false);
        if (kind == PlaceKind.Trial && TryMove(provider, kind))
        {
            kind = PlaceKind.Slow;
        }

        return (_kept.TryTake(out var kept) ? kept : new Place(this, slowAfter, time)).Take(provider, kind);
    }

    /// <summary>A cycle is slow: it moves to a slow place.</summary>
    /// <returns>False when none is free; the cycle then keeps the place it has, and must end.</returns>
    public bool TryMove(string provider, PlaceKind from)
    {
        _known[provider] = true;
        if (!_free[PlaceKind.Slow].Wait(TimeSpan.Zero, CancellationToken.None))
        {
            return false;
        }

        _free[from].Release();
        return true;
    }

    public void GiveBack(string provider, PlaceKind kind, bool wasPrompt)
    {
        if (wasPrompt)
        {
            _known.TryRemove(provider, out _);
        }

        _free[kind].Release();
    }

    /// <summary>Keeps a place for another cycle; one whose cycle had to end is of no more use.</summary>
    public void Keep(Place place)
    {
        if (place.Over.IsCancellationRequested)
        {
            place.End();
        }
        else
        {
            _kept.Add(place);
        }
    }

    public void Dispose()
    {
        foreach (var place in _kept)
        {
            place.End();
        }

        foreach (var places in _free.Values)
        {
            places.Dispose();
        }
    }
}
