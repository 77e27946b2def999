namespace Tracera.Postgres;

/// <summary>Splits a script into its statements: at semicolons outside of quotes, dollar quotes and comments (PostgreSQL manual, 4.1).</summary>
internal static class SqlSplitter
{
    public static List<string> Split(string script)
    {
        var statements = new List<string>();
        var (start, hasCode) = (0, false);
        for (var i = 0; i < script.Length;)
        {
            var next = Skip(script, i, out var isCode);
            hasCode |= isCode;
            if (script[i] == ';')
            {
                Add(statements, script[start..i], hasCode);
                (start, hasCode) = (next, false);
            }

            i = next;
        }

        Add(statements, script[start..], hasCode);
        return statements;
    }

    private static void Add(List<string> statements, string statement, bool hasCode)
    {
        if (hasCode)
        {
            statements.Add(statement.Trim());
        }
    }

    // The end of the quote or comment that begins here, or the next character.
    private static int Skip(string script, int at, out bool isCode)
    {
        var rest = script.AsSpan(at);
        isCode = !char.IsWhiteSpace(rest[0]) && rest[0] != ';';
        if (rest.StartsWith("--"))
        {
            isCode = false;
            return End(script, at, "\n", 2);
        }

        if (rest.StartsWith("/*"))
        {
            isCode = false;
            return End(script, at, "*/", 2);
        }

        return rest[0] switch
        {
            '\'' => End(script, at, "'", 1),
            '"' => End(script, at, "\"", 1),
            '$' when DollarTag(rest) is { } tag => End(script, at, tag, tag.Length),
            _ => at + 1,
        };
    }

    private static int End(string script, int at, string mark, int opening)
    {
        var found = script.IndexOf(mark, at + opening, StringComparison.Ordinal);
        return found < 0 ? script.Length : found + mark.Length;
    }

    private static string? DollarTag(ReadOnlySpan<char> rest)
    {
        var end = rest[1..].IndexOf('$');
        var tag = end < 0 ? default : rest[1..(end + 1)];
        foreach (var character in tag)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character != '_')
            {
                return null;
            }
        }

        return end < 0 || (tag.Length > 0 && char.IsAsciiDigit(tag[0])) ? null : rest[..(end + 2)].ToString();
    }
}
