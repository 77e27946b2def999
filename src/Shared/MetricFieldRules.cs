using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Tracera.Shared;

/// <summary>Which names the figures of a metric may have, so that they can stand beside each other in one answer.</summary>
internal static partial class MetricFieldRules
{
    private static readonly FrozenSet<string> Reserved = FrozenSet.Create(
        "type", "item_id", "window", "source", "provider", "currency", "n", "mean", "computed_at", "timestamp", "position", "rank", "name", "category");

    /// <summary>Whether a name is in snake case, nested by dots.</summary>
    public static bool IsName(string field) => Allowed().IsMatch(field);

    /// <summary>Whether every answer has a field of that name already.</summary>
    public static bool IsReserved(string field) => Reserved.Contains(field.Split('.')[0]);

    /// <summary>Whether two fields exclude each other: the same, or one would be both a number and a group.</summary>
    public static bool Exclude(string one, string other) => one == other || Nests(one, other) || Nests(other, one);

    private static bool Nests(string outer, string inner) => inner.StartsWith(outer + ".", StringComparison.Ordinal);

    [GeneratedRegex(@"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Allowed();
}
