using System.Text.Json;

namespace Tracera.Ingestion;

/// <summary>Reads the file of aliases and says everything that is wrong with it.</summary>
internal static class AliasFile
{
    public const string Header = "provider,category,alias,to_category,name";
    private const int Columns = 5;

    public static IReadOnlyList<AliasLine> Read(string path, List<string> faults)
    {
        try
        {
            var aliases = Path.GetExtension(path).ToUpperInvariant() switch
            {
                ".JSON" => ReadJson(path),
                ".CSV" => ReadCsv(path, faults),
                _ => Refuse(path, faults),
            };
            Check(path, aliases, faults);
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

    private static List<AliasLine> ReadJson(string path) =>
        JsonSerializer.Deserialize(File.ReadAllText(path), ItemAliasJson.Default.ListAliasLine) ?? [];

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
                aliases.Add(new AliasLine { Provider = values[0], Category = values[1], Alias = values[2], ToCategory = values[3], Name = values[4] });
            }
            else
            {
                faults.Add($"'{path}' line {i + 1} has not {Columns} values: '{lines[i]}'.");
            }
        }

        return aliases;
    }

    private static void Check(string path, IReadOnlyList<AliasLine> aliases, List<string> faults)
    {
        var known = new Dictionary<(string Provider, ItemKey From), ItemKey>();
        foreach (var alias in aliases)
        {
            if (string.IsNullOrEmpty(alias.Category) || string.IsNullOrEmpty(alias.Alias) || string.IsNullOrEmpty(alias.Name))
            {
                faults.Add($"'{path}': the alias of '{alias.From}' to '{alias.To}' needs a category, an alias and a name.");
            }
            else if (!known.TryAdd((alias.Provider ?? "", alias.From), alias.To) && known[(alias.Provider ?? "", alias.From)] != alias.To)
            {
                faults.Add($"'{path}': '{alias.From}' is mapped to '{known[(alias.Provider ?? "", alias.From)]}' and to '{alias.To}'.");
            }
        }

        var byName = aliases.ToLookup(alias => alias.From);

        // One step only, so that a merge can be undone by taking its line out.
        faults.AddRange(aliases
            .Where(alias => alias.From != alias.To && byName[alias.To].Any(other => other.To != alias.To && Meets(other, alias)))
            .Select(alias => $"'{path}': '{alias.From}' is mapped to '{alias.To}', which is an alias itself."));
    }

    private static bool Meets(AliasLine left, AliasLine right) =>
        string.IsNullOrEmpty(left.Provider) || string.IsNullOrEmpty(right.Provider) || left.Provider == right.Provider;
}
