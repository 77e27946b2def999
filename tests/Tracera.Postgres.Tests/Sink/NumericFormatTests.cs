using Npgsql;

namespace Tracera.Postgres.Tests;

public sealed class NumericFormatTests
{
    [Fact]
    public async Task Write_RandomAndExtremeDecimals_IsReadByTheServerAsTheirText()
    {
        var random = new Random(5);
        List<decimal> values = [0m, 0.00m, 1m, -1m, 10_000m, 9_999m, 0.0001m, 0.00010000m, decimal.MaxValue, decimal.MinValue, 0.0000000000000000000000000001m, 1.10m, 100_000_000m];
        for (var i = 0; i < 5_000; i++)
        {
            values.Add(new decimal(random.Next(), random.Next(2) * random.Next(), random.Next(2) * random.Next(), random.Next(2) == 0, (byte)random.Next(29)));
        }

        var token = TestContext.Current.CancellationToken;
        await using var connection = new NpgsqlConnection(SharedServer.Cluster.ConnectionString());
        await connection.OpenAsync(token);
        await connection.ExecuteAsync("CREATE TEMPORARY TABLE numbers (id int, value numeric)", token);
        await using (var stream = await connection.BeginRawBinaryCopyAsync("COPY numbers FROM STDIN (FORMAT BINARY)", token))
        {
            await stream.WriteAsync(CopyFormat.Header.ToArray(), token);
            for (var i = 0; i < values.Count; i++)
            {
                await stream.WriteAsync(Row(i, values[i]), token);
            }

            await stream.WriteAsync(CopyFormat.Trailer.ToArray(), token);
        }

        var texts = await connection.QueryAsync("SELECT value::text FROM numbers ORDER BY id", row => row.GetString(0), token);
        Assert.Equal(values.ConvertAll(value => value.ToString(System.Globalization.CultureInfo.InvariantCulture)), texts);
    }

    private static byte[] Row(int id, decimal value)
    {
        var row = new byte[2 + 8 + 4 + NumericFormat.MaxBytes];
        var length = NumericFormat.Write(row.AsSpan(14), value);
        System.Buffers.Binary.BinaryPrimitives.WriteInt16BigEndian(row, 2);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(row.AsSpan(2), 4);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(row.AsSpan(6), id);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(row.AsSpan(10), length);
        return row[..(14 + length)];
    }
}
