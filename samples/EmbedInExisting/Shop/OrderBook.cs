using System.Data.Common;

namespace EmbedInExisting;

/// <summary>Orders in the shop's database.</summary>
internal sealed class OrderBook(DbDataSource database, ShopMeters meters)
{
    public async Task AddAsync(string customer, string item, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("INSERT INTO orders (customer, item) VALUES ($customer, $item)");
        Bind(command, "$customer", customer);
        Bind(command, "$item", item);
        await command.ExecuteNonQueryAsync(cancellationToken);
        meters.Ordered();
    }

    public async Task<IReadOnlyList<string>> ReadAsync(string customer, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT item FROM orders WHERE customer = $customer ORDER BY id");
        Bind(command, "$customer", customer);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var items = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            items.Add(reader.GetString(0));
        }

        return items;
    }

    private static void Bind(DbCommand command, string name, string value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }
}
