namespace Tracera.Volatility.Worker;

/// <summary>What a pass did.</summary>
/// <param name="Changed">How many series had changed.</param>
/// <param name="Windows">How many windows of series were computed.</param>
/// <param name="Refused">How many changed series found no room.</param>
internal readonly record struct PassResult(int Changed, int Windows, int Refused);
