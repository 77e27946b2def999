using Microsoft.Extensions.Options;

namespace Tracera.Sqlite;

/// <summary>The store's files and how much of the disk they may take.</summary>
internal sealed class StoreFiles(IOptions<SqliteOptions> options)
{
    /// <summary>The size of a page of the file, in bytes.</summary>
    public const int PageSize = 4096;

    private const long MaxLogShare = 128L * 1024 * 1024;
    private readonly SqliteOptions _options = options.Value;

    public string Folder { get; } = Path.GetFullPath(options.Value.DataFolder!);

    public string Database => Path.Combine(Folder, _options.FileName);

    /// <summary>Whether the file stands in its folder. An open file that was deleted can still be written, but all of it is lost when it is closed.</summary>
    public bool IsThere => File.Exists(Database);

    public string Log => Database + "-wal";

    public string LogIndex => Database + "-shm";

    public string Lock => Path.Combine(Folder, "tracera.lock");

    /// <summary>What the write-ahead log and its index may take: a quarter of the ceiling, at most 128 MiB.</summary>
    public long LogShare => Math.Min(_options.MaxDiskBytes / 4, MaxLogShare);

    /// <summary>How many pages the file itself may have.</summary>
    public long MaxPages => (_options.MaxDiskBytes - LogShare) / PageSize;

    public long LogBytes => Length(Log);

    public long TotalBytes => Length(Database) + LogBytes + Length(LogIndex);

    private static long Length(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? file.Length : 0;
    }
}
