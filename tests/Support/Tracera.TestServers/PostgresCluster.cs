using System.Globalization;

namespace Tracera.TestServers;

/// <summary>A private PostgreSQL server: a data folder of its own, a free port of the loopback interface, <c>fsync</c> on.</summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    /// <summary>The superuser, who needs no password.</summary>
    public const string User = "tracera";

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private readonly string _folder;
    private readonly PostgresClusterSettings _settings;

    private PostgresCluster(string folder, PostgresClusterSettings settings)
    {
        _folder = folder;
        _settings = settings;
        AppDomain.CurrentDomain.ProcessExit += OnExit;
    }

    /// <summary>The port, the same after a restart.</summary>
    public int Port { get; private set; }

    /// <summary>The process id of the postmaster.</summary>
    public int ProcessId { get; private set; }

    /// <summary>The data folder.</summary>
    public string DataFolder => Path.Combine(_folder, "data");

    /// <summary>What the server logged.</summary>
    public string LogFile => Path.Combine(_folder, "log");

    /// <summary>Makes a server and starts it.</summary>
    public static async Task<PostgresCluster> CreateAsync(PostgresClusterSettings? settings = null, CancellationToken cancellationToken = default)
    {
        var folder = Directory.CreateTempSubdirectory("tracera-pg-").FullName;
        if (ServerProcess.IsRoot)
        {
            await ServerProcess.RunAsync("chown", [ServerProcess.UnprivilegedUser, folder], cancellationToken).ConfigureAwait(false);
        }

        var cluster = new PostgresCluster(folder, settings ?? new PostgresClusterSettings());
        try
        {
            await cluster.RunAsync("initdb", ["-D", cluster.DataFolder, "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C", "-N"], cancellationToken).ConfigureAwait(false);
            cluster.Port = FreePort.Next();
            await cluster.StartAsync(cancellationToken).ConfigureAwait(false);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A connection string for Npgsql.</summary>
    /// <param name="database">The database.</param>
    /// <param name="port">Another port, such as a proxy's; null for the server's own.</param>
    public string ConnectionString(string database = "postgres", int? port = null) => string.Create(
        CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port ?? Port};Username={User};Database={database};SSL Mode=Disable;GSS Encryption Mode=Disable;Timeout=5");

    /// <summary>Starts the server, after a crash too: its other processes may need a moment to end.</summary>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await RunAsync("pg_ctl", ["-D", DataFolder, "-l", LogFile, "-w", "-t", "60", "-o", Options(), "start"], cancellationToken).ConfigureAwait(false);
                break;
            }
            catch (InvalidOperationException) when (TimeProvider.System.GetElapsedTime(started) < StartPatience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }
        }

        var pid = await File.ReadAllLinesAsync(Path.Combine(DataFolder, "postmaster.pid"), cancellationToken).ConfigureAwait(false);
        ProcessId = int.Parse(pid[0], CultureInfo.InvariantCulture);
    }

    /// <summary>Stops the server in an orderly way; its clients are disconnected.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) =>
        RunAsync("pg_ctl", ["-D", DataFolder, "-w", "-m", "fast", "stop"], cancellationToken);

    /// <summary>Kills the postmaster with SIGKILL, as a power cut would: its other processes end by themselves.</summary>
    public Task KillAsync() => SignalAsync(ProcessId, "KILL");

    /// <summary>Sends a signal to the server or to one of its processes.</summary>
    /// <param name="processId">Which.</param>
    /// <param name="signal">For example <c>KILL</c>, <c>STOP</c> or <c>CONT</c>.</param>
    public static async Task SignalAsync(int processId, string signal) => await ServerProcess.RunAsync(
        "kill", [$"-{signal}", processId.ToString(CultureInfo.InvariantCulture)], CancellationToken.None).ConfigureAwait(false);

    /// <summary>Runs SQL or commands by <c>psql</c> and gives its answer, unaligned and without headers.</summary>
    public Task<string> PsqlAsync(string sql, string database = "postgres", CancellationToken cancellationToken = default) =>
        PsqlAsync(["-c", sql], database, cancellationToken);

    /// <summary>Runs a file by <c>psql</c> and gives its answer.</summary>
    public Task<string> PsqlFileAsync(string path, string database = "postgres", CancellationToken cancellationToken = default) =>
        PsqlAsync(["-f", path], database, cancellationToken);

    /// <summary>Makes a database; with TimescaleDB where the server has it.</summary>
    public async Task CreateDatabaseAsync(string name, CancellationToken cancellationToken = default)
    {
        await PsqlAsync($"CREATE DATABASE \"{name}\"", cancellationToken: cancellationToken).ConfigureAwait(false);
        if (_settings.Timescale)
        {
            await PsqlAsync("CREATE EXTENSION timescaledb", name, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Stops the server at once and removes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        try
        {
            await RunAsync("pg_ctl", ["-D", DataFolder, "-w", "-m", "immediate", "stop"], CancellationToken.None).ConfigureAwait(false);
        }
        catch (InvalidOperationException)
        {
            // It does not run.
        }

        Directory.Delete(_folder, recursive: true);
    }

    private Task<string> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        ServerProcess.RunUnprivilegedAsync(
            Path.Combine(PostgresInstall.BinFolder ?? throw new InvalidOperationException(PostgresInstall.Missing), program), arguments, cancellationToken);

    private Task<string> PsqlAsync(string[] what, string database, CancellationToken cancellationToken) => ServerProcess.RunAsync(
        Path.Combine(PostgresInstall.BinFolder!, "psql"),
        ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "-U", User, "-d", database, .. what],
        cancellationToken);

    private string Options()
    {
        var settings = new Dictionary<string, string>
        {
            ["port"] = Port.ToString(CultureInfo.InvariantCulture),
            ["listen_addresses"] = "127.0.0.1",
            ["unix_socket_directories"] = string.Empty,
            ["fsync"] = "on",
            ["shared_buffers"] = "128MB",
            ["max_connections"] = "100",
        };
        if (_settings.Timescale)
        {
            settings["shared_preload_libraries"] = "timescaledb";
            settings["timescaledb.telemetry_level"] = "off";
        }

        foreach (var (name, value) in _settings.Server)
        {
            settings[name] = value;
        }

        return string.Join(' ', settings.Select(setting => $"-c {setting.Key}='{setting.Value}'"));
    }

    private void OnExit(object? sender, EventArgs e)
    {
        if (ProcessId > 0)
        {
            using var kill = System.Diagnostics.Process.Start("kill", ["-QUIT", ProcessId.ToString(CultureInfo.InvariantCulture)]);
            kill.WaitForExit();
        }
    }
}
