using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Tracera.EndToEnd.Tests;

/// <summary>Looks into the store's file from outside the host.</summary>
internal static class StoreFile
{
    public static List<StoredTick> ReadTicks(string dataFolder)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(dataFolder, "tracera.db")};Mode=ReadWrite;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT i.name, t.observed_at, t.price, t.volume FROM ticks t JOIN items i ON i.id = t.item";
        using var reader = command.ExecuteReader();
        var ticks = new List<StoredTick>();
        while (reader.Read())
        {
            ticks.Add(new StoredTick(
                reader.GetString(0), reader.GetInt64(1), Number(reader.GetString(2)), Number(reader.GetString(3))));
        }

        return ticks;
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
