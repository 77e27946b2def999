using System.Diagnostics.Metrics;
using Tracera.Volatility.Telemetry;

namespace Tracera.Volatility.Tests.Support;

/// <summary>A meter factory of a test's own, and what its counters have counted.</summary>
internal sealed class TestMeters : IMeterFactory
{
    private readonly List<Meter> _meters = [];
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, double> _sums = [];

    public TestMeters()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, this))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Count(instrument.Name, value));
        _listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => Count(instrument.Name, value));
        _listener.Start();
        Volatility = new VolatilityMeter(this);
    }

    public VolatilityMeter Volatility { get; }

    public double this[string instrument]
    {
        get
        {
            lock (_sums)
            {
                return _sums.GetValueOrDefault(instrument);
            }
        }
    }

    public Meter Create(MeterOptions options)
    {
        options.Scope = this;
        var meter = new Meter(options);
        _meters.Add(meter);
        return meter;
    }

    public void Dispose()
    {
        _listener.Dispose();
        _meters.ForEach(meter => meter.Dispose());
    }

    private void Count(string instrument, double value)
    {
        lock (_sums)
        {
            _sums[instrument] = _sums.GetValueOrDefault(instrument) + value;
        }
    }
}
