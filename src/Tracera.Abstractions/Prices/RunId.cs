using System.Diagnostics.CodeAnalysis;

namespace Tracera;

/// <summary>Identifies a run; ids of later runs sort after those of earlier ones (UUID version 7, RFC 9562).</summary>
/// <param name="Value">The UUID.</param>
public readonly record struct RunId(Guid Value) : IComparable<RunId>
{
    /// <summary>Makes a new id.</summary>
    /// <param name="now">The run's start.</param>
    /// <returns>The id.</returns>
    public static RunId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    /// <summary>Reads an id.</summary>
    /// <param name="text">32 hexadecimal digits, with or without hyphens, or null.</param>
    /// <param name="runId">The id, or the default.</param>
    /// <returns>Whether the text is an id.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out RunId runId)
    {
        var parsed = Guid.TryParse(text, out var value);
        runId = new RunId(value);
        return parsed;
    }

    /// <inheritdoc/>
    public int CompareTo(RunId other) => Value.CompareTo(other.Value);

    /// <summary>The id as 32 lower-case hexadecimal digits with hyphens.</summary>
    public override string ToString() => Value.ToString("D");
}
