namespace Tracera.Ingestion;

/// <summary>The place of one running cycle.</summary>
internal sealed class Place : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Places _places;
    private readonly string _provider;
    private readonly TimeSpan _slowAfter;
    private readonly TimeProvider _time;
    private readonly long _takenAt;
    private readonly CancellationTokenSource _over = new();
    private readonly ITimer? _timer;
    private PlaceKind _kind;
    private bool _isGivenBack;

    public Place(Places places, string provider, PlaceKind kind, TimeSpan slowAfter, TimeProvider time)
    {
        (_places, _provider, _kind, _slowAfter, _time) = (places, provider, kind, slowAfter, time);
        _takenAt = time.GetTimestamp();
        _timer = kind == PlaceKind.Slow ? null : time.CreateTimer(static state => ((Place)state!).Late(), this, slowAfter, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether the cycle was a success; only one that was shows that its provider is prompt.</summary>
    public bool HasSucceeded { get; set; }

    /// <summary>Cancelled when the cycle must end, because it holds a place that prompt ones wait for.</summary>
    public CancellationToken Over => _over.Token;

    public void Dispose()
    {
        _timer?.Dispose();
        lock (_gate)
        {
            if (!_isGivenBack)
            {
                _isGivenBack = true;
                _places.GiveBack(_provider, _kind, wasPrompt: HasSucceeded && _time.GetElapsedTime(_takenAt) < _slowAfter);
            }
        }
    }

    private void Late()
    {
        lock (_gate)
        {
            if (_isGivenBack)
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
