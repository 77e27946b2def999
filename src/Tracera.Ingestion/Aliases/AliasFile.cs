using System.Text.Json;

namespace Tracera.Ingestion;

/// <summary>Reads the file of aliases and says everything that is wrong with it.</summary>
internal static class AliasFile
{
    public const string Header = "provider,category,alias,to_category,name";
    private const int Columns = 5;

    public static IReadOnlyList<AliasLine> Read(string path, AliasRules rules, List<string> faults)
    {
        try
        {
            var aliases = Path.GetExtension(path).ToUpperInvariant() switch
            {
                ".JSON" => ReadJson(path, faults),
                ".CSV" => ReadCsv(path, faults),
                _ => Refuse(path, faults),
            };
            faults.AddRange(rules.FaultsOf(aliases));
            return aliases;
        }
        catch (IOException error)
        {
            return Unreadable(path, error.Message, faults);
        }
        catch (UnauthorizedAccessException error)
        {
            return Unreadable(path, error.Message, faults);
        }
        catch (JsonException error)
        {
            return Unreadable(path, error.Message, faults);
        }
    }

    private static string Option => $"{ItemAliasOptions.SectionName}:{nameof(ItemAliasOptions.File)}";

    private static List<AliasLine> Unreadable(string path, string why, List<string> faults)
    {
        faults.Add($"{Option} '{path}' cannot be read: {why}");
        return [];
    }

    private static List<AliasLine> Refuse(string path, List<string> faults)
    {
        faults.Add($"{Option} is '{path}'; allowed: the path of a .csv or .json file.");
        return [];
    }

    private static List<AliasLine> ReadJson(string path, List<string> faults)
    {
        if (JsonSerializer.Deserialize(File.ReadAllText(path), ItemAliasJson.Default.ListAliasLine) is not { } entries)
        {
            faults.Add($"'{path}' is null; allowed: a list of objects with the fields {Header}.");
            return [];
        }

        var aliases = new List<AliasLine>();
        for (var i = 0; i < entries.Count; i++)
        {
            var place = $"'{path}' entry {i + 1}";
            if (entries[i] is { } alias)
            {
                aliases.Add(alias with { Place = place });
            }
            else
            {
                faults.Add($"{place} is null; allowed: an object with the fields {Header}.");
            }
        }

        return aliases;
    }

    private static List<AliasLine> ReadCsv(string path, List<string> faults)
    {
        var lines = File.ReadAllLines(path);
        if (lines.Length == 0 || lines[0].Trim() != Header)
        {
            faults.Add($"'{path}' line 1 must be '{Header}'.");
            return [];
        }

        var aliases = new List<AliasLine>();
        for (var i = 1; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i]))
            {
                continue;
            }

            if (CsvLine.Split(lines[i]) is { Count: Columns } values)
            {
                aliases.Add(new AliasLine { Place = $"'{path}' line {i + 1}", Provider = values[0], Category = values[1], Alias = values[2], ToCategory = values[3], Name = values[4] });
            }
            else
            {
                faults.Add($"'{path}' line {i + 1} has not {Columns} values: '{lines[i]}'.");
            }
        }

        return aliases;
    }
}
