using System.Diagnostics;

namespace Tracera.TestServers;

/// <summary>Runs the programs around a server to their end.</summary>
internal static class ServerProcess
{
    /// <summary>The user that a server runs as where this process is root, which PostgreSQL refuses to be.</summary>
    public const string UnprivilegedUser = "postgres";

    public static bool IsRoot { get; } = OperatingSystem.IsLinux() && Environment.UserName == "root";

    /// <summary>Runs a program as a user that a server may be.</summary>
    public static Task<string> RunUnprivilegedAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken) => IsRoot
        ? RunAsync("runuser", ["-u", UnprivilegedUser, "--", program, .. arguments], cancellationToken)
        : RunAsync(program, arguments, cancellationToken);

    /// <summary>Runs a program and gives what it said.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message holds what it said.</exception>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        var said = await output.ConfigureAwait(false);
        return process.ExitCode == 0
            ? said
            : throw new InvalidOperationException($"'{program} {string.Join(' ', start.ArgumentList)}' ended with {process.ExitCode}: {said}{await errors.ConfigureAwait(false)}");
    }
}
