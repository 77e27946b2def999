using System.Threading.Tasks.Sources;

namespace Tracera.Load;

/// <summary>The end of the run of one provider that was started last, told to one who waits for it; it serves for one run after the other and allocates nothing.</summary>
internal sealed class RunEnd : IValueTaskSource<RunState>
{
    private ManualResetValueTaskSourceCore<RunState> _end = new() { RunContinuationsAsynchronously = true };

    /// <summary>The run that is under way; the default where none is.</summary>
    public RunId RunId { get; set; }

    /// <summary>Waits for the end, once for each run.</summary>
    public ValueTask<RunState> WaitAsync() => new(this, _end.Version);

    public void Set(RunState state)
    {
        RunId = default;
        _end.SetResult(state);
    }

    RunState IValueTaskSource<RunState>.GetResult(short token)
    {
        var state = _end.GetResult(token);
        _end.Reset();
        return state;
    }

    ValueTaskSourceStatus IValueTaskSource<RunState>.GetStatus(short token) => _end.GetStatus(token);

    void IValueTaskSource<RunState>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _end.OnCompleted(continuation, state, token, flags);
}
