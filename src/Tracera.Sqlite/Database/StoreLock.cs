namespace Tracera.Sqlite;

/// <summary>The operating system's lock on the data folder. It dies with its process, so who holds it knows that all earlier owners are dead.</summary>
internal sealed class StoreLock : IDisposable
{
    private readonly FileStream _file;

    private StoreLock(FileStream file) => _file = file;

    public static StoreLock Acquire(StoreFiles files)
    {
        try
        {
            Directory.CreateDirectory(files.Folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw StoreFault.Folder(files.Folder, $"the folder cannot be made: {fault.Message} Allowed: a folder that this process may write to.");
        }

        try
        {
            return new StoreLock(new FileStream(files.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException fault)
        {
            throw StoreFault.Folder(files.Folder, $"the folder cannot be written: {fault.Message} Allowed: a folder that this process may write to.");
        }
        catch (IOException fault) when (File.Exists(files.Lock))
        {
            throw StoreFault.Folder(files.Folder, $"another process uses this folder ({fault.Message}) Allowed: a folder for each process.");
        }
        catch (IOException fault)
        {
            throw StoreFault.Folder(files.Folder, $"the folder cannot be written: {fault.Message} Allowed: a folder that this process may write to.");
        }
    }

    public void Dispose() => _file.Dispose();
}
