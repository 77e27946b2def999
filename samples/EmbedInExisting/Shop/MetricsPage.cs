using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace EmbedInExisting;

/// <summary>Where the shop's OpenTelemetry pipeline ends: a page that names each instrument and how many series it has.</summary>
internal sealed class MetricsPage : BaseExporter<Metric>
{
    private volatile string _text = "";

    public MetricsPage() => Reader = new BaseExportingMetricReader(this);

    public MetricReader Reader { get; }

    public string Read()
    {
        Reader.Collect();
        return _text;
    }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        var lines = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var metric in batch)
        {
            var series = 0;
            foreach (ref readonly var point in metric.GetMetricPoints())
            {
                series++;
            }

            lines.Add($"{metric.MeterName} {metric.Name} {series}");
        }

        _text = string.Join('\n', lines);
        return ExportResult.Success;
    }
}
