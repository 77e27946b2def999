namespace Tracera.Volatility.Tests.Support;

/// <summary>Remembers what was published; can be away.</summary>
internal sealed class TestPublisher : IUpdatePublisher
{
    private readonly List<VolatilitySnapshot> _published = [];

    public Exception? Fault { get; set; }

    public int Count
    {
        get
        {
            lock (_published)
            {
                return _published.Count;
            }
        }
    }

    public VolatilitySnapshot[] Take()
    {
        lock (_published)
        {
            var taken = _published.ToArray();
            _published.Clear();
            return taken;
        }
    }

    public ValueTask PublishAsync(IReadOnlyList<VolatilitySnapshot> snapshots, CancellationToken cancellationToken)
    {
        if (Fault is { } fault)
        {
            throw fault;
        }

        lock (_published)
        {
            _published.AddRange(snapshots);
        }

        return ValueTask.CompletedTask;
    }
}
