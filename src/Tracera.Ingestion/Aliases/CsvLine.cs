using System.Text;

namespace Tracera.Ingestion;

/// <summary>Splits one line of comma separated values; a value in double quotes may hold commas, and a quote written twice.</summary>
internal static class CsvLine
{
    /// <returns>The values; null when a quote is not closed.</returns>
    public static IReadOnlyList<string>? Split(string line)
    {
        var (values, value, isQuoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < line.Length; i++)
        {
            var isQuote = line[i] == '"';
            if (isQuote && isQuoted && i + 1 < line.Length && line[i + 1] == '"')
            {
                value.Append(line[++i]);
            }
            else if (isQuote)
            {
                isQuoted = !isQuoted;
            }
            else if (line[i] == ',' && !isQuoted)
            {
                values.Add(value.ToString());
                value.Clear();
            }
            else
            {
                value.Append(line[i]);
            }
        }

        values.Add(value.ToString());
        return isQuoted ? null : values;
    }
}
