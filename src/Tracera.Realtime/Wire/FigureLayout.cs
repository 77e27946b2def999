using System.Text.Json;

namespace Tracera.Realtime.Wire;

/// <summary>How the figures of one engine stand in a message: the promised ones first and always, then those of further metrics; a dot nests.</summary>
internal sealed class FigureLayout
{
    private const int Absent = -1;

    private static readonly string[] Promised =
    [
        MetricFields.StdDev,
        MetricFields.PercentChange,
        MetricFields.TrendScore,
        MetricFields.Cov,
        MetricFields.BollingerUpper,
        MetricFields.BollingerMiddle,
        MetricFields.BollingerLower,
    ];

    private readonly (string? Parent, (string Name, int Index)[] Members)[] _groups;

    public FigureLayout(IReadOnlyList<string> fields)
    {
        Fields = fields;
        _groups = [.. Promised.Union(fields).Select(field => Place(fields, field)).GroupBy(place => place.Group).Select(group =>
            (group.First().Parent, group.Select(place => (place.Name, place.Index)).ToArray()))];
    }

    public IReadOnlyList<string> Fields { get; }

    public static void WriteFigure(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } figure)
        {
            writer.WriteNumber(name, figure);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    public void Write(Utf8JsonWriter writer, VolatilitySnapshot snapshot)
    {
        foreach (var (parent, members) in _groups)
        {
            if (parent is not null)
            {
                writer.WriteStartObject(parent);
            }

            foreach (var (name, index) in members)
            {
                WriteFigure(writer, name, index == Absent ? null : snapshot.ValueAt(index));
            }

            if (parent is not null)
            {
                writer.WriteEndObject();
            }
        }
    }

    // A figure without a parent is a group of its own, so that it keeps its place.
    private static (string Group, string? Parent, string Name, int Index) Place(IReadOnlyList<string> fields, string field)
    {
        var index = Absent;
        for (var i = 0; i < fields.Count; i++)
        {
            index = fields[i] == field ? i : index;
        }

        var dot = field.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? (field, null, field, index) : (field[..dot] + ".", field[..dot], field[(dot + 1)..], index);
    }
}
