using Microsoft.Extensions.Logging.Abstractions;

namespace Tracera.Ingestion.Tests.Spooling;

/// <summary>Spools in a folder of their own, and batches to put into them.</summary>
internal sealed class SpoolBench : IDisposable
{
    public const long Capacity = 16 * 1024 * 1024;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tracera-spool-");

    public string Folder => _folder.FullName;

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static PriceBatch Batch(int n, int ticks = 1) => new(
        new Guid(n, 0, 0, new byte[8]),
        new RunId(new Guid(1, 2, 3, new byte[8])),
        "p",
        Enumerable.Range(0, ticks).Select(i => new PriceTick(new ItemId(n + 1), new SourceId(i + 1), n + 0.25m, n, n * 1_000_000L, (n * 1_000_000L) + i)).ToArray());

    public FileSpool Spool(long capacity = Capacity, string? folder = null) => new("store", new SpoolFolder(folder ?? Folder), capacity, NullLogger.Instance);

    public async Task<FileSpool> OpenAsync(long capacity = Capacity, string? folder = null)
    {
        var spool = Spool(capacity, folder);
        await spool.OpenAsync(Token);
        return spool;
    }

    /// <summary>Reads to the end.</summary>
    public static async Task<List<PriceBatch>> AllAsync(ISpool spool)
    {
        var all = new List<PriceBatch>();
        while (await spool.ReadAsync(Token) is { } batch)
        {
            all.Add(batch);
        }

        return all;
    }

    /// <summary>The folder as it is at this moment, as after a crash.</summary>
    public string Copy(string name)
    {
        var copy = Path.Combine(Folder, name);
        Directory.CreateDirectory(copy);
        foreach (var file in Directory.GetFiles(Folder))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        return copy;
    }

    public static string Segment(string folder) => Directory.GetFiles(folder, "*.spool").Order().Last();

    public void Dispose() => _folder.Delete(recursive: true);
}
