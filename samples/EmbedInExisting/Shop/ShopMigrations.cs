using System.Data.Common;

namespace EmbedInExisting;

/// <summary>Brings the shop's own schema up to date, a step at a time, and remembers each step by its name.</summary>
internal static class ShopMigrations
{
    private const string History = "CREATE TABLE IF NOT EXISTS __migrations (id TEXT PRIMARY KEY)";

    private static readonly (string Id, string Up)[] Steps =
    [
        ("20250301_Orders", "CREATE TABLE orders (id INTEGER PRIMARY KEY, customer TEXT NOT NULL, item TEXT NOT NULL)"),
        ("20250714_OrdersByCustomer", "CREATE INDEX orders_by_customer ON orders (customer)"),
    ];

    public static async Task MigrateAsync(this DbDataSource database)
    {
        await using var connection = await database.OpenConnectionAsync();
        await ExecuteAsync(connection, History);
        foreach (var (id, up) in Steps)
        {
            await using var transaction = await connection.BeginTransactionAsync();
            if (await ExecuteAsync(connection, $"INSERT OR IGNORE INTO __migrations (id) VALUES ('{id}')", transaction) > 0)
            {
                await ExecuteAsync(connection, up, transaction);
            }

            await transaction.CommitAsync();
        }
    }

    private static async Task<int> ExecuteAsync(DbConnection connection, string sql, DbTransaction? transaction = null)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        return await command.ExecuteNonQueryAsync();
    }
}
