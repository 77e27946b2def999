using System.Diagnostics.Metrics;

namespace Tracera.Load;

/// <summary>Meters that nobody listens to.</summary>
internal sealed class LoadMeters : IMeterFactory
{
    private readonly List<Meter> _meters = [];

    public Meter Create(MeterOptions options)
    {
        var meter = new Meter(options);
        _meters.Add(meter);
        return meter;
    }

    public void Dispose() => _meters.ForEach(meter => meter.Dispose());
}
