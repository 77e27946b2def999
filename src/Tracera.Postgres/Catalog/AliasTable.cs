using Npgsql;

namespace Tracera.Postgres;

/// <summary>Reads and writes aliases.</summary>
internal sealed class AliasTable(PostgresDatabase database)
{
    private const string Select = "SELECT provider, category, name, to_category, to_name, added_at FROM {schema}.item_alias";

    private readonly string _all = database.Sql(Select + " ORDER BY provider, category, name");

    private readonly string _near = database.Sql(
        Select + " WHERE (category = $1 AND name = $2) OR (category = $3 AND name = $4) OR (to_category = $1 AND to_name = $2)");

    private readonly string _count = database.Sql("SELECT count(*) FROM {schema}.item_alias");

    private readonly string _add = database.Sql(
        "INSERT INTO {schema}.item_alias (provider, category, name, to_category, to_name, added_at) VALUES ($1, $2, $3, $4, $5, $6)");

    private readonly string _remove = database.Sql("DELETE FROM {schema}.item_alias WHERE provider = $1 AND category = $2 AND name = $3");

    // Whoever adds waits for whoever adds at the same time; readers do not.
    private readonly string _lock = database.Sql("LOCK TABLE {schema}.item_alias IN SHARE ROW EXCLUSIVE MODE");

    public Task<List<ItemAlias>> AllAsync(CancellationToken cancellationToken) => database.QueryAsync(_all, Read, cancellationToken);

    /// <summary>Adds an alias unless it stands already.</summary>
    /// <returns>Why it cannot be added; null when it stands now.</returns>
    public async Task<string?> AddAsync(ItemAlias alias, CancellationToken cancellationToken)
    {
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                await connection.ExecuteAsync(_lock, cancellationToken).ConfigureAwait(false);
                var refusal = await TryAddAsync(connection, alias, cancellationToken).ConfigureAwait(false);
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                return refusal;
            }
        }
    }

    public async Task<bool> RemoveAsync(string provider, ItemKey from, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(_remove, cancellationToken, provider, from.Category, from.Name).ConfigureAwait(false) > 0;

    private async Task<string?> TryAddAsync(NpgsqlConnection connection, ItemAlias alias, CancellationToken cancellationToken)
    {
        var (from, to) = (alias.From, alias.To);
        var near = await connection.QueryAsync(_near, Read, cancellationToken, from.Category, from.Name, to.Category, to.Name).ConfigureAwait(false);
        if (near.Select(alias.ConflictWith).FirstOrDefault(conflict => conflict is not null) is { } conflict)
        {
            return conflict;
        }

        if (near.Any(known => known.Provider == alias.Provider && known.From == from))
        {
            return null;
        }

        var counts = await connection.QueryAsync(_count, static row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        if (counts[0] >= ItemAlias.MaxCount)
        {
            return $"There are {ItemAlias.MaxCount} aliases, which is all that may be.";
        }

        await connection.ExecuteAsync(_add, cancellationToken, alias.Provider, from.Category, from.Name, to.Category, to.Name, alias.AddedAt).ConfigureAwait(false);
        return null;
    }

    private static ItemAlias Read(NpgsqlDataReader row) => new(
        row.GetString(0), new ItemKey(row.GetString(1), row.GetString(2)), new ItemKey(row.GetString(3), row.GetString(4)), row.Instant(5));
}
