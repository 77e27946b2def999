namespace Tracera.Architecture.Tests;

/// <summary>Finds circles in a graph of arrows.</summary>
internal static class Circle
{
    /// <summary>The shortest way from <paramref name="node"/> along the arrows back to itself; empty without one.</summary>
    public static IReadOnlyList<Arrow> Through(string node, IReadOnlyCollection<Arrow> arrows)
    {
        var outgoing = arrows.ToLookup(arrow => arrow.From);
        var arrivedBy = new Dictionary<string, Arrow>();
        var open = new Queue<string>([node]);
        while (open.TryDequeue(out string? current))
        {
            foreach (Arrow arrow in outgoing[current].Where(arrow => arrivedBy.TryAdd(arrow.To, arrow)))
            {
                if (arrow.To == node)
                {
                    return WayBack(node, arrivedBy);
                }

                open.Enqueue(arrow.To);
            }
        }

        return [];
    }

    private static List<Arrow> WayBack(string node, Dictionary<string, Arrow> arrivedBy)
    {
        var way = new List<Arrow>();
        string current = node;
        do
        {
            way.Insert(0, arrivedBy[current]);
            current = arrivedBy[current].From;
        }
        while (current != node);
        return way;
    }
}
