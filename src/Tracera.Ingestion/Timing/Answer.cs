namespace Tracera.Ingestion;

/// <summary>What became of a call to the store.</summary>
/// <param name="IsOk">Whether it answered.</param>
/// <param name="Value">The answer.</param>
/// <param name="Error">Why there is none.</param>
internal readonly record struct Answer<T>(bool IsOk, T? Value, Exception? Error);
