using System.Text.Json;

namespace Tracera.Realtime.Wire;

/// <summary>Reads <c>item_ids</c>: bare positive integers, each once; whatever else stands among them is rejected as it is.</summary>
internal static class ItemIdReader
{
    /// <summary>Reads the ids of a message; null when there is no array or it is empty.</summary>
    public static (IReadOnlyList<ItemId> Items, IReadOnlyList<string> Rejected)? Read(JsonElement root)
    {
        if (!root.TryGetProperty("item_ids", out var ids) || ids.ValueKind != JsonValueKind.Array || ids.GetArrayLength() == 0)
        {
            return null;
        }

        var items = new List<ItemId>(ids.GetArrayLength());
        var seen = new HashSet<int>(ids.GetArrayLength());
        var rejected = new List<string>();
        foreach (var element in ids.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.Number || !element.TryGetInt32(out var id) || id <= 0)
            {
                rejected.Add(element.GetRawText());
            }
            else if (seen.Add(id))
            {
                items.Add(new ItemId(id));
            }
        }

        return (items, rejected);
    }
}
