namespace Tracera;

/// <summary>The state of one bounded queue.</summary>
/// <param name="Name">What it feeds.</param>
/// <param name="Depth">Batches that wait.</param>
/// <param name="Capacity">Batches that it can hold.</param>
/// <param name="OldestAge">For how long the oldest batch has waited; zero when it is empty.</param>
public sealed record QueueStatus(string Name, int Depth, int Capacity, TimeSpan OldestAge);
