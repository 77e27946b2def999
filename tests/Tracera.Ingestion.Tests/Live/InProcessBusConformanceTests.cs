using Tracera.Testing;

namespace Tracera.Ingestion.Tests.Live;

/// <summary>The in-process bus under the contracts of every bus.</summary>
public sealed class InProcessBusConformanceTests
{
    private const int QueueCapacity = 64;

    [Fact]
    public Task Bus_InProcess_KeepsEveryRule() => BusConformance.For(Open)
        .Except(BusRules.SnapshotFigures, "The figures of a snapshot come from IVolatilityCache, which this host does without.")
        .VerifyAsync(TestContext.Current.CancellationToken);

    private static BusUnderTest Open()
    {
        var host = new LiveHost(options => options.QueueCapacity = QueueCapacity);
        return new BusUnderTest
        {
            Sink = host.Sink,
            Publisher = host.Publisher,
            Source = host.Source,
            Snapshots = host.Reader,
            WritesThatOverflow = 3 * QueueCapacity,
            Now = host.Time.GetUtcNow(),
            Close = host.DisposeAsync,
        };
    }
}
