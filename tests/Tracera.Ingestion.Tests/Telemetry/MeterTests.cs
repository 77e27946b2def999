using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Tracera.Ingestion.Tests.Telemetry;

public sealed class MeterTests
{
    [Fact]
    public async Task Instruments_AfterARun_SayWhatWasCountedOutside()
    {
        await using var rig = new Rig();
        rig.Configure("Ingestion:BatchSize", "10");
        var failed = false;
        rig.Durable.Write = (batch, _) => failed || !(failed = true) ? new(WriteOutcome.AllWritten(batch)) : throw new IOException("once");
        var go = new TaskCompletionSource();
        rig.Add("p", new ScriptedProvider((context, _) => RowsAsync(context, go.Task)));
        await rig.StartAsync();
        using var meters = new Meters(rig.Provided.GetRequiredService<IMeterFactory>());
        go.SetResult();
        await rig.RunUntilAsync(rig.Store.WhenEndedAsync(1));
        await Gate.WhenAsync(() => rig.Status("p").LastSuccessAt is not null);

        var values = meters.Read();

        // 95 rows and one rejected by the provider; 5 without a price, names 0 to 4 come again at the end with a price of 0 to 4, of which 0 is none.
        var rejected = 1 + 5 + 1;
        var written = rig.Durable.Ticks.Count;
        Assert.Equal(96 - rejected, written);
        Assert.Equal(96, values[$"{IngestionMeters.Rows} p fetched"]);
        Assert.Equal(rejected, values[$"{IngestionMeters.Rows} p rejected"]);
        Assert.Equal(0, values[$"{IngestionMeters.Rows} p deduplicated"]);
        Assert.Equal(written, values[$"{IngestionMeters.Rows} p dispatched"]);
        Assert.Equal(0, values[$"{IngestionMeters.Rows} p lost"]);
        Assert.Equal(1, values[$"{IngestionMeters.Rejected} p own"]);
        Assert.Equal(6, values[$"{IngestionMeters.Rejected} p {RejectReasons.NoPrice}"]);
        Assert.Equal(written, values[$"{IngestionMeters.SinkTicks} store offered"]);
        Assert.Equal(written, values[$"{IngestionMeters.SinkTicks} store written"]);
        Assert.Equal(0, values[$"{IngestionMeters.SinkBuffered} store"]);
        Assert.Equal(0, values[$"{IngestionMeters.QueueDepth} store"]);
        Assert.Equal(1, values[$"{IngestionMeters.WriteFailures} store transient"]);
        Assert.Equal(written, values[$"{IngestionMeters.BatchTicks} store"]);
        Assert.Equal(0, values[IngestionMeters.JournalDepth]);
        Assert.Contains($"{IngestionMeters.CycleDuration} p completed", values.Keys);
    }

    [Fact]
    public async Task Cycles_ThatMayNotRunHere_AreCountedAsSkipped()
    {
        await using var rig = new Rig();
        rig.Store.Holders["p"] = "another host";
        rig.Add("p", ScriptedProvider.Of());
        await rig.StartAsync();
        using var meters = new Meters(rig.Provided.GetRequiredService<IMeterFactory>());

        await rig.RunUntilAsync(rig.Store.WhenRefusedAsync(3));

        await Gate.WhenAsync(() => meters.Read().GetValueOrDefault($"{IngestionMeters.CyclesSkipped} p") >= 2);
    }

    [Fact]
    public async Task Activities_OfCycleAndWrite_AreSeenByAListener()
    {
        var seen = new ConcurrentQueue<(string Name, string? Provider, ActivityStatusCode Status)>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TraceraTelemetry.ActivitySourceName,
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => seen.Enqueue((activity.OperationName, activity.GetTagItem("tracera.provider") as string, activity.Status)),
        };
        ActivitySource.AddActivityListener(listener);
        await using var rig = new Rig();
        rig.Add("traced", ScriptedProvider.Failing(new IOException("cut off")));

        await rig.StartAsync();
        await rig.Store.WhenEndedAsync(1);
        await rig.StopAsync();

        Assert.Contains((IngestionActivities.Cycle, "traced", ActivityStatusCode.Error), seen);
        Assert.Contains((IngestionActivities.Write, "traced", ActivityStatusCode.Unset), seen);
    }

    private static async IAsyncEnumerable<RawPrice> RowsAsync(FetchContext context, Task go)
    {
        await go;
        context.Reject("x", "own");
        for (var n = 0; n < 95; n++)
        {
            yield return ScriptedProvider.Row($"{n % 90}", n < 5 ? 0 : n % 90);
        }
    }

    private sealed class Meters : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly ConcurrentDictionary<string, double> _values = new();

        public Meters(IMeterFactory factory)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == factory)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
            _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Record(instrument, value, tags));
            _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
            _listener.Start();
        }

        public IReadOnlyDictionary<string, double> Read()
        {
            _listener.RecordObservableInstruments();
            return _values;
        }

        public void Dispose() => _listener.Dispose();

        private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var key = instrument.Name;
            foreach (var tag in tags)
            {
                key += $" {tag.Value}";
            }

            _values.AddOrUpdate(key, value, (_, before) => instrument.IsObservable ? value : before + value);
        }
    }
}
