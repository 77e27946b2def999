namespace Tracera.Volatility.Configuration;

/// <summary>Says that the sink which feeds streaming was added.</summary>
internal sealed class StreamingMark;
