using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Tracera.Postgres;

/// <summary>Brings the levels up to date from time to time. Whichever host is first does it; the others pass.</summary>
internal sealed class LevelRoller : ITraceraComponent, IDisposable
{
    // What is lost with a crash of the server is rolled up again, so nothing waits for its disk.
    private const string Settings = "SET jit = off; SET work_mem = '64MB'; SET synchronous_commit = off";

    // A minute that is just over may still get ticks of a batch that is on its way.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);
    private readonly CancellationTokenSource _stopping = new();
    private readonly PostgresDatabase _database;
    private readonly PlainRoll _plain;
    private readonly TimescaleRoll _timescale;
    private readonly TimeProvider _time;
    private readonly TimeSpan _interval;
    private readonly Round _round;
    private Task _loop = Task.CompletedTask;

    public LevelRoller(
        PostgresDatabase database, PlainRoll plain, TimescaleRoll timescale, IOptions<PostgresOptions> options, TimeProvider time, ILogger<LevelRoller> logger)
    {
        (_database, _plain, _timescale, _time, _interval) = (database, plain, timescale, time, options.Value.RollInterval);
        _round = new Round(RollAsync, LevelLog.RollFailed, LevelLog.Rolls, time, logger);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _loop = Task.Run(() => _round.RepeatAsync(_database, _interval, _stopping.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Rolls up what waits and is over.</summary>
    public async Task<long> RollAsync(CancellationToken cancellationToken)
    {
        var connection = await _database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var command = new NpgsqlCommand(Settings, connection);
            await using (command.ConfigureAwait(false))
            {
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }

            ILevelRoll roll = _database.Kind == StoreKind.Timescale ? _timescale : _plain;
            return await roll.RunAsync(connection, _time.GetUtcNow() - Grace, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => _stopping.Dispose();
}
