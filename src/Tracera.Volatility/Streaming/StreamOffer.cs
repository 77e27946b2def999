namespace Tracera.Volatility.Streaming;

/// <summary>What became of ticks that are not counted as new.</summary>
/// <param name="Repeated">Ticks that repeat what was known.</param>
/// <param name="Refused">Ticks of new series for which there is no room.</param>
internal readonly record struct StreamOffer(int Repeated, int Refused);
