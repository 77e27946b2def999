using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Tracera.Ingestion.Tests.Dispatching;

/// <summary>Whatever looks on from outside may throw: a batch is written and counted once, and the pump goes on.</summary>
public sealed class OnlookerTests
{
    private const int Rows = 3;

    public static TheoryData<string, bool, bool> Cases =>
    [
        .. from what in new[] { "meters", "traces", "log" } from isSlow in new[] { false, true } from isAway in new[] { false, true } select (what, isSlow, isAway),
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Write_WhatLooksOnThrows_IsCountedOnceAndThePumpGoesOn(string what, bool isSlow, bool isAway)
    {
        var (name, go) = ($"p-{what}-{isSlow}-{isAway}", new TaskCompletionSource());
        await using var rig = new Rig();
        var log = rig.AddLogBook();
        rig.Services.AddSingleton<ILoggerProvider>(new BrokenLog { IsBroken = what == "log" });
        rig.Configure("Ingestion:BatchSize", "1");
        rig.Durable.Write = async (batch, _) =>
        {
            if (isSlow)
            {
                await Task.Yield();
            }

            return isAway && rig.Durable.Calls == 1 ? throw new IOException("away") : WriteOutcome.AllWritten(batch);
        };
        rig.Add(name, new ScriptedProvider((_, token) => RowsAsync(go.Task, token)));
        await rig.StartAsync();
        using var listening = Listen(what, rig, name);
        go.SetResult();

        await rig.RunUntilAsync(rig.Store.WhenEndedAsync(1));
        await rig.RunUntilAsync(Gate.WhenAsync(() => rig.Status(name).LastSuccessAt is not null));

        Assert.Equal((RunState.Completed, (long)Rows), (rig.Store.Runs[0].State, rig.Store.Runs[0].Providers[0].Stored));
        Assert.Equal((Rows, Rows, 0L), (rig.Ledger("store").Offered, rig.Ledger("store").Written, rig.Ledger("store").Buffered));
        Assert.Equal(isAway ? Rows + 1 : Rows, rig.Durable.Calls);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(rig)).Status);
        Assert.Empty(log.Of(2411));
        Assert.Equal(what == "log" ? 0 : 1, log.Of(2413).Count());
    }

    private static Task<HealthCheckResult> CheckAsync(Rig rig) => rig.Provided.GetRequiredService<PipelineReadiness>()
        .CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken);

    private static async IAsyncEnumerable<RawPrice> RowsAsync(Task go, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await go.WaitAsync(cancellationToken);
        for (var n = 1; n <= Rows; n++)
        {
            yield return ScriptedProvider.Row($"{n}", n);
        }
    }

    private static IDisposable? Listen(string what, Rig rig, string provider) => what switch
    {
        "meters" => BrokenMeters(rig.Provided.GetRequiredService<IMeterFactory>()),
        "traces" => BrokenTraces(provider),
        _ => null,
    };

    private static MeterListener BrokenMeters(IMeterFactory factory)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == factory && instrument.Name is IngestionMeters.WriteDuration or IngestionMeters.WriteFailures)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>(static (_, _, _, _) => throw new InvalidOperationException("the exporter is broken"));
        listener.SetMeasurementEventCallback<long>(static (_, _, _, _) => throw new InvalidOperationException("the exporter is broken"));
        listener.Start();
        return listener;
    }

    private static ActivityListener BrokenTraces(string provider)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == TraceraTelemetry.ActivitySourceName,
            Sample = static (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.OperationName == IngestionActivities.Write && activity.GetTagItem("tracera.provider") as string == provider)
                {
                    throw new InvalidOperationException("the exporter is broken");
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    /// <summary>A log that throws at whatever pumps and runs say.</summary>
    private sealed class BrokenLog : ILoggerProvider, ILogger
    {
        public bool IsBroken { get; init; }

        public ILogger CreateLogger(string categoryName) =>
            IsBroken && (categoryName == typeof(SinkPumps).FullName || categoryName == typeof(RunTracker).FullName) ? this : new LogBook();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new InvalidOperationException("the log is broken");

        public void Dispose()
        {
        }
    }
}
