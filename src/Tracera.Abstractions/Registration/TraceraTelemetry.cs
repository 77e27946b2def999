namespace Tracera;

/// <summary>The names under which Tracera is observed.</summary>
public static class TraceraTelemetry
{
    /// <summary>The meter of every package.</summary>
    public const string MeterName = "Tracera";

    /// <summary>The activity source of every package.</summary>
    public const string ActivitySourceName = "Tracera";

    /// <summary>The tag of the health checks that readiness depends on.</summary>
    public const string ReadinessTag = "tracera-ready";
}
