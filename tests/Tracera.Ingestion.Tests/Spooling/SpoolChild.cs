using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;

namespace Tracera.Ingestion.Tests.Spooling;

/// <summary>What the child of a test does: it puts batches into a spool and prints the number of each that was accepted, until it is killed.</summary>
internal static class SpoolChild
{
    public const string Folder = "TRACERA_SPOOL_CHILD_FOLDER";
    public const string First = "TRACERA_SPOOL_CHILD_FIRST";
    private const int Most = 100_000;
    private const long Capacity = 256 * 1024 * 1024;

    /// <summary>The folder to spool to; null in a process that is no child.</summary>
    public static string? FolderOf => Environment.GetEnvironmentVariable(Folder);

    /// <summary>How many ticks a batch has.</summary>
    public static int TicksOf(int number) => 1 + (number % 50);

    public static async Task WriteAsync(string folder)
    {
        var first = int.Parse(Environment.GetEnvironmentVariable(First)!, CultureInfo.InvariantCulture);
        await using var spool = new FileSpool("store", new SpoolFolder(folder), Capacity, NullLogger.Instance);
        await spool.OpenAsync(CancellationToken.None);
        for (var number = first; number < Most; number++)
        {
            if (await spool.AppendAsync([SpoolBench.Batch(number, TicksOf(number))], CancellationToken.None) == 1)
            {
                Console.Out.WriteLine(number.ToString(CultureInfo.InvariantCulture));
            }
        }
    }
}
