using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Tracera.Ingestion;

/// <summary>The files of one spool: numbered segments, the mark of what is acknowledged, and the lock that dies with its process.</summary>
internal sealed class SpoolFolder(string path) : IDisposable
{
    private const string Extension = ".spool";
    private FileStream? _lock;

    public string Mark => Path.Combine(path, "mark");

    public string File(long segment) => Path.Combine(path, segment.ToString("D12", CultureInfo.InvariantCulture) + Extension);

    /// <summary>Makes the folder and takes it.</summary>
    /// <exception cref="IOException">It cannot be made or written, or another process has it.</exception>
    public void Take()
    {
        try
        {
            Directory.CreateDirectory(path);
            _lock ??= new FileStream(Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new IOException($"The spool's folder '{path}' cannot be written: {fault.Message} Allowed: a folder that this process may write to.", fault);
        }
        catch (IOException fault)
        {
            throw new IOException($"The spool's folder '{path}' cannot be used, or another process uses it: {fault.Message} Allowed: a folder for each process.", fault);
        }
    }

    /// <summary>The numbers of the segments, oldest first.</summary>
    public IReadOnlyList<long> Segments() =>
    [
        .. Directory.EnumerateFiles(path, "*" + Extension)
            .Select(file => long.TryParse(Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Where(number => number > 0)
            .Order(),
    ];

    public SafeFileHandle OpenToWrite(long segment) => System.IO.File.OpenHandle(
        File(segment), FileMode.Create, FileAccess.Write, FileShare.Read | FileShare.Delete, FileOptions.Asynchronous);

    public SafeFileHandle OpenToRead(long segment) => System.IO.File.OpenHandle(
        File(segment), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.Asynchronous);

    /// <summary>Cuts off what follows the last whole batch of a segment.</summary>
    public void Cut(long segment, long length)
    {
        using var file = System.IO.File.OpenHandle(File(segment), FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.SetLength(file, length);
        RandomAccess.FlushToDisk(file);
    }

    /// <summary>Removes a segment.</summary>
    /// <returns>How many bytes it had.</returns>
    public long Delete(long segment)
    {
        var file = new FileInfo(File(segment));
        var length = file.Exists ? file.Length : 0;
        file.Delete();
        return length;
    }

    public void Dispose() => _lock?.Dispose();
}
