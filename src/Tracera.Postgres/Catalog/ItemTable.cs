using Npgsql;
using Tracera.Shared;

namespace Tracera.Postgres;

/// <summary>Reads and writes items.</summary>
internal sealed class ItemTable(PostgresDatabase database)
{
    private readonly string _find = database.Sql(
        """
        SELECT coalesce(item.id, 0) FROM unnest($1, $2) WITH ORDINALITY AS wanted (category, name, place)
        LEFT JOIN {schema}.item ON item.category = wanted.category AND item.name = wanted.name
        ORDER BY wanted.place
        """);

    // In the order of the key, so that two hosts that add the same names never wait for each other crosswise.
    private readonly string _add = database.Sql(
        """
        INSERT INTO {schema}.item (category, name)
        SELECT DISTINCT wanted.category COLLATE "C", wanted.name COLLATE "C" FROM unnest($1, $2) AS wanted (category, name)
        WHERE NOT EXISTS (SELECT 1 FROM {schema}.item WHERE item.category = wanted.category AND item.name = wanted.name)
        ORDER BY 1, 2
        ON CONFLICT DO NOTHING
        """);

    private readonly string _get = database.Sql("SELECT id, category, name FROM {schema}.item WHERE id = ANY ($1) ORDER BY id");

    private readonly string _named = database.Sql("SELECT id, category, name FROM {schema}.item WHERE name = $1 ORDER BY id");

    // The search ignores the case of ASCII letters only: lower() under the collation "C".
    private readonly string _list = database.Sql(
        """
        SELECT id, category, name FROM {schema}.item
        WHERE id > $1
          AND ($2::text IS NULL OR position(lower($2 COLLATE "C") IN lower(name)) > 0)
          AND ($3::text IS NULL OR id IN (
                SELECT item_id FROM {schema}.latest WHERE source_id IN (SELECT id FROM {schema}.source WHERE name = $3)
                UNION
                SELECT tick.item_id FROM {schema}.dirty_1m AS dirty
                JOIN {schema}.tick ON tick.observed_at >= dirty.bucket AND tick.observed_at < dirty.bucket + interval '1 minute'
                WHERE tick.source_id IN (SELECT id FROM {schema}.source WHERE name = $3)))
        ORDER BY id LIMIT $4
        """);

    /// <summary>Finds the ids of items; 0 stands for one that is not known.</summary>
    public async Task<ItemId[]> FindAsync(IReadOnlyList<ItemKey> keys, CancellationToken cancellationToken)
    {
        var ids = await database
            .QueryAsync(_find, static row => new ItemId(row.GetInt32(0)), cancellationToken, Categories(keys), Names(keys)).ConfigureAwait(false);
        return [.. ids];
    }

    /// <summary>Adds what is new and finds all.</summary>
    public async Task<ItemId[]> AddAsync(IReadOnlyList<ItemKey> keys, CancellationToken cancellationToken)
    {
        await database.ExecuteAsync(_add, cancellationToken, Categories(keys), Names(keys)).ConfigureAwait(false);
        return await FindAsync(keys, cancellationToken).ConfigureAwait(false);
    }

    public Task<List<Item>> GetAsync(IReadOnlyList<ItemId> ids, CancellationToken cancellationToken) =>
        database.QueryAsync(_get, Read, cancellationToken, ids.Select(static id => id.Value).ToArray());

    public Task<List<Item>> NamedAsync(string name, CancellationToken cancellationToken) => database.QueryAsync(_named, Read, cancellationToken, name);

    public async Task<Page<Item>> ListAsync(ItemQuery query, int after, CancellationToken cancellationToken)
    {
        var items = await database
            .QueryAsync(_list, Read, cancellationToken, after, query.Search, query.Source, query.Page.Limit + 1L).ConfigureAwait(false);
        return Cursor.Cut(items, query.Page, static last => Cursor.Write(Cursor.Items, last.Id.Value));
    }

    private static string[] Categories(IReadOnlyList<ItemKey> keys) => [.. keys.Select(static key => key.Category)];

    private static string[] Names(IReadOnlyList<ItemKey> keys) => [.. keys.Select(static key => key.Name)];

    private static Item Read(NpgsqlDataReader row) => new(new ItemId(row.GetInt32(0)), new ItemKey(row.GetString(1), row.GetString(2)));
}
