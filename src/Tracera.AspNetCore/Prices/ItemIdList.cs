using System.Globalization;

namespace Tracera.AspNetCore;

/// <summary>Reads the items that `ids` names: numbers with commas between them, in one parameter or in several.</summary>
internal static class ItemIdList
{
    public const int MaxItems = 1_000;
    private const string Allowed = "1 to 1000 item numbers with commas between them";

    /// <summary>The items, each once and in ascending order.</summary>
    /// <exception cref="ProblemException">There is no item, there are too many, or something is no number of an item.</exception>
    public static IReadOnlyList<ItemId> Parse(IReadOnlyList<string>? values)
    {
        var ids = new List<ItemId>();
        var isAscending = true;
        foreach (var value in values ?? [])
        {
            ids.EnsureCapacity(Math.Min(ids.Count + value.AsSpan().Count(',') + 1, MaxItems));
            foreach (var part in value.AsSpan().Split(','))
            {
                var text = value.AsSpan(part).Trim();
                if (!text.IsEmpty)
                {
                    var id = Parse(text);
                    isAscending &= ids.Count == 0 || ids[^1].CompareTo(id) < 0;
                    ids.Add(id);
                }
            }
        }

        var items = isAscending ? ids : [.. ids.Distinct().Order()];
        return items.Count switch
        {
            0 => throw ProblemException.BadParameter("ids", "", Allowed),
            > MaxItems => throw ProblemException.BadParameter("ids", $"more than {MaxItems} items", Allowed),
            _ => items,
        };
    }

    private static ItemId Parse(ReadOnlySpan<char> text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id >= 1
            ? new ItemId(id)
            : throw ProblemException.BadParameter("ids", text.ToString(), Allowed);
}
