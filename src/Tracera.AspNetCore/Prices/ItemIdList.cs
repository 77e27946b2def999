using System.Globalization;

namespace Tracera.AspNetCore;

/// <summary>Reads the items that `ids` names: numbers with commas between them, in one parameter or in several.</summary>
internal static class ItemIdList
{
    public const int MaxItems = 1_000;
    private const string Allowed = "1 to 1000 item numbers with commas between them";

    public static IReadOnlyList<ItemId> Parse(IReadOnlyList<string>? values)
    {
        var ids = new SortedSet<ItemId>();
        foreach (var part in (values ?? []).SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id < 1)
            {
                throw ProblemException.BadParameter("ids", part, Allowed);
            }

            ids.Add(new ItemId(id));
            if (ids.Count > MaxItems)
            {
                throw ProblemException.BadParameter("ids", $"more than {MaxItems} items", Allowed);
            }
        }

        return ids.Count > 0 ? [.. ids] : throw ProblemException.BadParameter("ids", "", Allowed);
    }
}
