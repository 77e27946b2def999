using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Channels;

namespace Tracera.EndToEnd.Tests;

/// <summary>A process of a test's own, whose lines can be waited for. Killed with the test.</summary>
internal sealed partial class ChildProcess : IAsyncDisposable
{
    private const int SigTerm = 15;
    private const int LineCapacity = 1_000_000;

    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateBounded<string>(LineCapacity);
    private readonly StringBuilder _output = new();
    private int _openStreams = 2;

    private ChildProcess(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
    }

    /// <summary>Everything it has written so far, for a failed test's message.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public bool HasExited => _process.HasExited;

    public static ChildProcess Start(
        string folder, IReadOnlyDictionary<string, string?> environment, string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var child = new ChildProcess(new Process { StartInfo = start });
        child._process.Start();
        child._process.StandardInput.Close();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task RunAsync(
        string folder, IReadOnlyDictionary<string, string?> environment, string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        await using var child = Start(folder, environment, program, arguments);
        var exitCode = await child.WaitForExitAsync(cancellationToken);
        Assert.True(exitCode == 0, $"{program} ended with {exitCode}:{Environment.NewLine}{child.Output}");
    }

    /// <summary>Waits for the next line that fits; lines before it are passed over.</summary>
    public async Task<string> WaitForLineAsync(Predicate<string> fits, CancellationToken cancellationToken)
    {
        await foreach (var line in _lines.Reader.ReadAllAsync(cancellationToken))
        {
            if (fits(line))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"The process ended before the line came:{Environment.NewLine}{Output}");
    }

    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>kill -9: the process gets no chance to do anything.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill();
        await _process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>SIGTERM: asks the process to end.</summary>
    public void Terminate()
    {
        Assert.Equal(0, Kill(_process.Id, SigTerm));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);

    private void Take(string? line)
    {
        if (line is null)
        {
            if (Interlocked.Decrement(ref _openStreams) == 0)
            {
                _lines.Writer.TryComplete();
            }

            return;
        }

        lock (_output)
        {
            _output.AppendLine(line);
        }

        Assert.True(_lines.Writer.TryWrite(line), "The process wrote more lines than a test can hold.");
    }
}
