using System.Diagnostics;
using System.Globalization;
using Tracera.TestServers;

namespace Tracera.Load;

/// <summary>The peer: <c>psql</c>'s <c>\copy … (format binary)</c> of files with the same rows, a transaction a file. Its start is not measured.</summary>
internal sealed class PsqlPeer(PostgresCluster cluster, string table, string folder, int files) : IAsyncDisposable
{
    private readonly Process _psql = Start(cluster);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < files; i++)
        {
            await _psql.StandardInput.WriteAsync($"\\copy {table} ({Postgres.CopyFormat.Columns}) FROM '{FileOf(folder, i)}' WITH (FORMAT binary)\n".AsMemory(), cancellationToken);
        }

        await EchoAsync(cancellationToken);
    }

    /// <summary>Waits until it has done what it was told.</summary>
    public async Task EchoAsync(CancellationToken cancellationToken)
    {
        await _psql.StandardInput.WriteAsync("\\echo done\n".AsMemory(), cancellationToken);
        await _psql.StandardInput.FlushAsync(cancellationToken);
        var line = await _psql.StandardOutput.ReadLineAsync(cancellationToken);
        if (line != "done")
        {
            throw new WrongCountException($"psql said '{line}' {await _psql.StandardError.ReadToEndAsync(cancellationToken)}");
        }
    }

    public static string FileOf(string folder, int number) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{number}.bin"));

    public async ValueTask DisposeAsync()
    {
        _psql.StandardInput.Close();
        await _psql.WaitForExitAsync();
        _psql.Dispose();
    }

    private static Process Start(PostgresCluster cluster)
    {
        var start = new ProcessStartInfo(Path.Combine(PostgresInstall.BinFolder!, "psql"))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] arguments =
            ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", cluster.Port.ToString(CultureInfo.InvariantCulture), "-U", PostgresCluster.User, "-d", "postgres"];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
