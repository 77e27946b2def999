using System.Globalization;
using Npgsql;

namespace Tracera.Postgres;

/// <summary>Rolls up level after level, each slice in a transaction of its own inside the server: whenever it ends, marks and bars agree.</summary>
internal sealed class PlainRoll(PostgresDatabase database, TimeProvider time) : ILevelRoll
{
    private readonly RollSlice[] _slices = [.. BarLevels.All.Select(_ => new RollSlice(time))];

    public async Task<long> RunAsync(NpgsqlConnection connection, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var total = 0L;
        foreach (var level in BarLevels.All)
        {
            var (slice, rolled, isFull) = (_slices[(int)level], 0, false);
            do
            {
                (rolled, isFull) = await slice.RunAsync(most => RollAsync(connection, level, at, most, cancellationToken)).ConfigureAwait(false);
                total += Math.Max(rolled, 0);
                if (isFull)
                {
                    // While much waits, as during a backfill, the server's processors are left to the prices of now as long again.
                    await Task.Delay(slice.Took, time, cancellationToken).ConfigureAwait(false);
                }
            }
            while (rolled > 0);
        }

        return total;
    }

    private async Task<int> RollAsync(NpgsqlConnection connection, BarLevel level, DateTimeOffset at, int most, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(database.Sql($"SELECT {{schema}}.roll_{level.Name()}($1, $2)"), connection);
        await using (command.ConfigureAwait(false))
        {
            command.Parameters.Add(PgTime.Parameter(at));
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
            return Convert.ToInt32(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture);
        }
    }
}
