namespace Tracera.Ingestion;

/// <summary>The changes of runs that wait, in order, and beside them the runs that were set aside because the store refuses a change of theirs. Thread-safe.</summary>
/// <remarks>The changes of one run always keep their order; a run that is set aside keeps all of its changes.</remarks>
internal sealed class JournalQueue
{
    private readonly Lock _gate = new();
    private readonly LinkedList<RunTransition> _waiting = new();
    private readonly LinkedList<RunTransition> _aside = new();

    /// <summary>How many changes wait, set aside or not.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count + _aside.Count;
            }
        }
    }

    /// <summary>How many of them are set aside.</summary>
    public int AsideCount
    {
        get
        {
            lock (_gate)
            {
                return _aside.Count;
            }
        }
    }

    public void Add(RunTransition transition)
    {
        lock (_gate)
        {
            (IsAside(transition.RunId) ? _aside : _waiting).AddLast(transition);
        }
    }

    /// <summary>The first change that is not set aside; null when there is none.</summary>
    public RunTransition? Peek()
    {
        lock (_gate)
        {
            return _waiting.First?.Value;
        }
    }

    /// <summary>The first change of another run; null when there is none.</summary>
    public RunTransition? PeekOther(RunId than)
    {
        lock (_gate)
        {
            return _waiting.FirstOrDefault(transition => transition.RunId != than);
        }
    }

    /// <summary>The change was applied.</summary>
    public void Remove(RunTransition transition)
    {
        lock (_gate)
        {
            _waiting.Remove(transition);
        }
    }

    /// <summary>Sets all changes of a run aside.</summary>
    /// <returns>How many there are.</returns>
    public int SetAside(RunId run) => Move(_waiting, _aside, transition => transition.RunId == run);

    /// <summary>Lets everything that was set aside wait again, behind what waits.</summary>
    public void TakeBack() => Move(_aside, _waiting, static _ => true);

    public IReadOnlyList<RunTransition> ToList()
    {
        lock (_gate)
        {
            return [.. _waiting, .. _aside];
        }
    }

    // Called under the lock.
    private bool IsAside(RunId run)
    {
        foreach (var known in _aside)
        {
            if (known.RunId == run)
            {
                return true;
            }
        }

        return false;
    }

    private int Move(LinkedList<RunTransition> from, LinkedList<RunTransition> to, Func<RunTransition, bool> which)
    {
        lock (_gate)
        {
            var moving = from.Where(which).ToList();
            foreach (var transition in moving)
            {
                from.Remove(transition);
                to.AddLast(transition);
            }

            return moving.Count;
        }
    }
}
