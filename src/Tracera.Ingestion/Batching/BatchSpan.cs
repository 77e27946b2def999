namespace Tracera.Ingestion;

/// <summary>What is known of a batch whose ticks are of neighbouring series of one table, one of each: that is what a venue's answer makes that names its items in the same order again.</summary>
/// <param name="Table">The table and its epoch, unique in this process; 0 where a batch is not of that kind.</param>
/// <param name="First">The place of the first series; the others follow.</param>
/// <param name="Earliest">The earliest of the ticks' times, in microseconds.</param>
/// <param name="Latest">The latest.</param>
internal readonly record struct BatchSpan(int Table, int First, long Earliest, long Latest);
