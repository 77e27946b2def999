namespace Tracera.Samples.Tests.Documents;

/// <summary>A plug-in is short: what a sample takes is what its reader will have to write.</summary>
public sealed class LineLimitTests
{
    [Fact]
    public void Provider_WithItsOptionsAndItsExtension_IsAtMostSixtyLines() => Assert.InRange(CodeLines.In("CustomProvider", "Acme"), 1, 60);

    [Fact]
    public void Sink_WithItsOptions_IsAtMostFortyLines() => Assert.InRange(CodeLines.In("CustomSink", "Alerts"), 1, 40);

    [Fact]
    public void Metric_IsAtMostThirtyLines() => Assert.InRange(CodeLines.In("CustomMetric", "RangeMetric.cs"), 1, 30);
}
