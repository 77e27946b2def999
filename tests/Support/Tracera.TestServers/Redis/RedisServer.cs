using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Tracera.TestServers.Redis;

/// <summary>A private redis-server on a free port of the loopback interface, which may be killed, halted and started again on the same port.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private const string Program = "redis-server";
    private const string Ready = "Ready to accept connections";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly string _folder;
    private readonly string[] _arguments;
    private readonly ConcurrentQueue<(string Text, TaskCompletionSource Said)> _awaited = new();
    private Process? _process;

    private RedisServer(int port, string folder, string[] arguments) => (Port, _folder, _arguments) = (port, folder, arguments);

    /// <summary>Whether there is such a server on this machine.</summary>
    public static bool IsInstalled { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, Program)));

    /// <summary>The port, the same over restarts.</summary>
    public int Port { get; }

    /// <summary>Host and port.</summary>
    public string Endpoint => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <summary>Starts a server that keeps nothing.</summary>
    /// <param name="arguments">More of its settings, for example <c>--appendonly yes</c>, a word each.</param>
    public static async Task<RedisServer> StartAsync(params string[] arguments)
    {
        var server = Prepare(arguments);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>A server that is not running yet: its port is known, and nobody listens there.</summary>
    /// <param name="arguments">More of its settings.</param>
    public static RedisServer Prepare(params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("tracera-redis-").FullName;
        return new RedisServer(FreePort.Next(), folder, arguments);
    }

    /// <summary>Ends when the server says something in its log, from now on.</summary>
    /// <param name="text">What it says.</param>
    public Task SaysAsync(string text)
    {
        var said = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _awaited.Enqueue((text, said));
        return said.Task;
    }

    /// <summary>Starts it again on its port and folder.</summary>
    public async Task StartAgainAsync()
    {
        var ready = SaysAsync(Ready);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var start = new ProcessStartInfo(Program) { RedirectStandardOutput = true, WorkingDirectory = _folder };
        string[] words =
        [
            "--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", _folder, "--save", "", "--loglevel", "notice", "--daemonize", "no",
            .. _arguments,
        ];
        foreach (var word in words)
        {
            start.ArgumentList.Add(word);
        }

        _process = Process.Start(start)!;
        _process.EnableRaisingEvents = true;
        _process.Exited += (_, _) => ended.TrySetResult();
        _process.OutputDataReceived += (_, line) => Hear(line.Data ?? "");
        _process.BeginOutputReadLine();
        _ = await Task.WhenAny(ready, ended.Task).WaitAsync(Patience);
        if (!ready.IsCompleted)
        {
            throw new InvalidOperationException($"{Program} on port {Port} ended at its start.");
        }
    }

    /// <summary>Kills it with SIGKILL.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    /// <summary>Halts it with SIGSTOP: connections stay open, and nothing is answered.</summary>
    public void Halt() => Signal.Send(_process!.Id, Signal.Stop);

    /// <summary>Lets it go on after <see cref="Halt"/>.</summary>
    public void GoOn() => Signal.Send(_process!.Id, Signal.Continue);

    /// <summary>Runs redis-cli against it.</summary>
    /// <param name="command">The words of the command.</param>
    /// <returns>What it printed.</returns>
    public async Task<string> RunAsync(params string[] command)
    {
        var start = new ProcessStartInfo("redis-cli") { RedirectStandardOutput = true };
        foreach (var word in (string[])["-p", Port.ToString(CultureInfo.InvariantCulture), .. command])
        {
            start.ArgumentList.Add(word);
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output.Trim();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private void Hear(string line)
    {
        foreach (var (_, said) in _awaited.Where(awaited => line.Contains(awaited.Text, StringComparison.Ordinal)))
        {
            said.TrySetResult();
        }
    }
}
