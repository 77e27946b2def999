namespace Tracera.Ingestion;

/// <summary>How long the last writes of one sink took, and how many there were. Thread-safe.</summary>
internal sealed class WriteLatencies
{
    private const int Kept = 256;
    private readonly Lock _gate = new();
    private readonly TimeSpan[] _last = new TimeSpan[Kept];
    private long _written;
    private long _failed;

    public void Wrote(TimeSpan took)
    {
        lock (_gate)
        {
            _last[_written++ % Kept] = took;
        }
    }

    public void Failed() => Interlocked.Increment(ref _failed);

    public WriteStatus ToStatus(string sink)
    {
        lock (_gate)
        {
            var sorted = _last[..(int)Math.Min(_written, Kept)];
            Array.Sort(sorted);
            return sorted.Length == 0
                ? new WriteStatus(sink, 0, Interlocked.Read(ref _failed), null, null, null)
                : new WriteStatus(sink, _written, Interlocked.Read(ref _failed), _last[(_written - 1) % Kept], sorted[(sorted.Length - 1) / 2], sorted[(sorted.Length - 1) * 99 / 100]);
        }
    }
}
