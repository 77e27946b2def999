namespace Tracera.Postgres;

/// <summary>A UTC day that has a partition.</summary>
internal readonly record struct TickDay(DateOnly Date, string Partition, bool HasIndex)
{
    /// <summary>The first instant after it.</summary>
    public DateTimeOffset End => new(Date.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
