namespace Tracera.Ingestion;

/// <summary>The place of one running cycle.</summary>
/// <remarks>Given back, it serves a later cycle, unless the one that held it was told to end.</remarks>
internal sealed class Place : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Places _places;
    private readonly TimeSpan _slowAfter;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _over = new();
    private readonly ITimer _timer;
    private string _provider = "";
    private PlaceKind _kind;
    private long _takenAt;
    private bool _isTaken;

    public Place(Places places, TimeSpan slowAfter, TimeProvider time)
    {
        (_places, _slowAfter, _time) = (places, slowAfter, time);
        _timer = time.CreateTimer(static state => ((Place)state!).Late(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether the cycle was a success; only one that was shows that its provider is prompt.</summary>
    public bool HasSucceeded { get; set; }

    /// <summary>Cancelled when the cycle must end, because it holds a place that prompt ones wait for.</summary>
    public CancellationToken Over => _over.Token;

    /// <summary>Takes it for a cycle.</summary>
    public Place Take(string provider, PlaceKind kind)
    {
        lock (_gate)
        {
            (_provider, _kind, _takenAt, _isTaken, HasSucceeded) = (provider, kind, _time.GetTimestamp(), true, false);
            if (kind != PlaceKind.Slow)
            {
                _timer.Change(_slowAfter, Timeout.InfiniteTimeSpan);
            }
        }

        return this;
    }

    /// <summary>Gives it back; after that it belongs to whoever takes it next.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (!_isTaken)
            {
                return;
            }

            _isTaken = false;
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _places.GiveBack(_provider, _kind, wasPrompt: HasSucceeded && _time.GetElapsedTime(_takenAt) < _slowAfter);
        }

        _places.Keep(this);
    }

    /// <summary>Ends it for good.</summary>
    public void End() => _timer.Dispose();

    private void Late()
    {
        lock (_gate)
        {
            // A timer that was set for the cycle before may ring when the next has just begun.
            if (!_isTaken || _time.GetElapsedTime(_takenAt) < _slowAfter / 2)
            {
                return;
            }

            if (_places.TryMove(_provider, _kind))
            {
                _kind = PlaceKind.Slow;
            }
            else
            {
                StoreCall.Observe(_over.CancelAsync());
            }
        }
    }
}
