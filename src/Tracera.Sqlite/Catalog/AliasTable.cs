namespace Tracera.Sqlite;

/// <summary>Reads and writes aliases.</summary>
internal static class AliasTable
{
    private const string Select = "SELECT provider, category, name, to_category, to_name, added_at FROM item_aliases";

    public static IReadOnlyList<ItemAlias> All(SqliteSession session) => Read(session.Statement($"{Select} ORDER BY provider, category, name"));

    public static int Add(SqliteSession session, ItemAlias alias)
    {
        var near = Read(Bind(
            session.Statement(
                $"{Select} WHERE (category = ?2 AND name = ?3) OR (category = ?4 AND name = ?5) OR (to_category = ?2 AND to_name = ?3)"),
            alias));
        if (near.Select(alias.ConflictWith).FirstOrDefault(conflict => conflict is not null) is { } conflict)
        {
            throw new InvalidOperationException(conflict);
        }

        if (near.Any(known => known.Provider == alias.Provider && known.From == alias.From))
        {
            return 0;
        }

        if (session.Statement("SELECT count(*) FROM item_aliases").Scalar() >= ItemAlias.MaxCount)
        {
            throw new InvalidOperationException($"There are {ItemAlias.MaxCount} aliases, which is all that may be.");
        }

        const string Sql = "INSERT INTO item_aliases (provider, category, name, to_category, to_name, added_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        return Bind(session.Statement(Sql), alias).Bind(1, alias.Provider).Bind(6, UnixTime.ToMicroseconds(alias.AddedAt)).Execute();
    }

    public static bool Remove(SqliteSession session, string provider, ItemKey from) => session
        .Statement("DELETE FROM item_aliases WHERE provider = ?1 AND category = ?2 AND name = ?3")
        .Bind(1, provider).Bind(2, from.Category).Bind(3, from.Name)
        .Execute() > 0;

    private static SqliteStatement Bind(SqliteStatement statement, ItemAlias alias) => statement
        .Bind(2, alias.From.Category).Bind(3, alias.From.Name).Bind(4, alias.To.Category).Bind(5, alias.To.Name);

    private static List<ItemAlias> Read(SqliteStatement rows)
    {
        var aliases = new List<ItemAlias>();
        while (rows.Step())
        {
            aliases.Add(new ItemAlias(
                rows.Text(0), new ItemKey(rows.Text(1), rows.Text(2)), new ItemKey(rows.Text(3), rows.Text(4)), UnixTime.FromMicroseconds(rows.Int64(5))));
        }

        return aliases;
    }
}
