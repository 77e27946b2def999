using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Tracera.Realtime.Tests.Fixtures;

/// <summary>Sums the instruments of one host, and tells when a sum is reached.</summary>
public sealed class MeterReader : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _sums = [];
    private readonly ConcurrentDictionary<(string, long, TaskCompletionSource), bool> _waiters = [];

    public MeterReader(IMeterFactory factory)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, factory))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            Add(instrument.Name, value);
            foreach (var tag in tags)
            {
                Add($"{instrument.Name}:{tag.Value}", value);
            }
        });
        _listener.Start();
    }

    public long this[string name] => _sums.GetValueOrDefault(name);

    public async Task WhenAsync(string name, long atLeast, CancellationToken cancellationToken)
    {
        var waiter = (name, atLeast, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _waiters[waiter] = true;
        Add(name, 0);
        await waiter.Item3.Task.WaitAsync(cancellationToken);
    }

    public void Dispose() => _listener.Dispose();

    private void Add(string name, long value)
    {
        var sum = _sums.AddOrUpdate(name, value, (_, before) => before + value);
        foreach (var waiter in _waiters.Keys)
        {
            if (waiter.Item1 == name && sum >= waiter.Item2)
            {
                waiter.Item3.TrySetResult();
            }
        }
    }
}
