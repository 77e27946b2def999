using Tracera.Shared;

namespace Tracera.Sqlite;

/// <summary>Reads and writes items.</summary>
internal static class ItemTable
{
    /// <summary>Finds the ids of items; 0 stands for one that is not known.</summary>
    public static ItemId[] Find(SqliteSession session, IReadOnlyList<ItemKey> keys)
    {
        var find = session.Statement("SELECT id FROM items WHERE category = ?1 AND name = ?2");
        var ids = new ItemId[keys.Count];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = new ItemId((int)(find.Bind(1, keys[i].Category).Bind(2, keys[i].Name).Scalar() ?? 0));
        }

        return ids;
    }

    /// <summary>Adds what is new and finds all.</summary>
    public static ItemId[] Add(SqliteSession session, IReadOnlyList<ItemKey> keys)
    {
        var add = session.Statement("INSERT INTO items (category, name) VALUES (?1, ?2) ON CONFLICT DO NOTHING");
        foreach (var key in keys)
        {
            add.Bind(1, key.Category).Bind(2, key.Name).Execute();
        }

        return Find(session, keys);
    }

    public static List<Item> Get(SqliteSession session, IReadOnlyList<ItemId> ids)
    {
        var get = session.Statement("SELECT id, category, name FROM items WHERE id = ?1");
        var items = new List<Item>(ids.Count);
        foreach (var id in ids.Distinct().Order())
        {
            items.AddRange(Read(get.Bind(1, id.Value)));
        }

        return items;
    }

    public static List<Item> Named(SqliteSession session, string name) =>
        Read(session.Statement("SELECT id, category, name FROM items WHERE name = ?1 ORDER BY id").Bind(1, name));

    public static Page<Item> List(SqliteSession session, ItemQuery query, long after)
    {
        // lower() and instr() of SQLite know ASCII only, which is what the search promises.
        const string Sql =
            """
            SELECT id, category, name FROM items
            WHERE id > ?1
              AND (?2 IS NULL OR instr(lower(name), lower(?2)) > 0)
              AND (?3 IS NULL OR EXISTS (
                    SELECT 1 FROM series JOIN sources ON sources.id = series.source WHERE series.item = items.id AND sources.name = ?3))
            ORDER BY id LIMIT ?4
            """;
        var rows = Read(session.Statement(Sql).Bind(1, after).Bind(2, query.Search).Bind(3, query.Source).Bind(4, query.Page.Limit + 1L));
        return Cursor.Cut(rows, query.Page, static last => Cursor.Write(Cursor.Items, last.Id.Value));
    }

    private static List<Item> Read(SqliteStatement rows)
    {
        var items = new List<Item>();
        while (rows.Step())
        {
            items.Add(new Item(new ItemId(rows.Int32(0)), new ItemKey(rows.Text(1), rows.Text(2))));
        }

        return items;
    }
}
