using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Tracera.Sqlite.Tests;

public sealed class StartTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_FolderInUse_IsRefusedByName()
    {
        await using var store = await TestStore.OpenAsync(Token);

        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => TestStore.OpenAsync(Token, folder: store.Folder));

        Assert.Contains(store.Folder, Line(fault), StringComparison.Ordinal);
        Assert.Contains("another process", Line(fault), StringComparison.Ordinal);
        await store.SeriesAsync();
    }

    [Fact]
    public async Task Start_FolderThatIsAFile_IsRefusedByName()
    {
        await using var store = await TestStore.OpenAsync(Token);

        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => TestStore.OpenAsync(Token, folder: store.File));

        Assert.Contains(store.File, Line(fault), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_FileThatIsNoDatabase_IsRefused()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, SqliteOptions.DefaultFileName), new string('x', 10_000), Token);

        Assert.Contains("cannot be opened", await FaultAsync(folder), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_NewerSchema_IsRefused()
    {
        using var folder = new TempFolder();
        await using (await TestStore.OpenAsync(Token, folder: folder.Path))
        {
        }

        Execute(folder, "PRAGMA user_version = 999");

        Assert.Contains("schema 999", await FaultAsync(folder), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_DatabaseOfAnotherProgram_IsRefusedAndLeftAlone()
    {
        using var folder = new TempFolder();
        Execute(folder, "CREATE TABLE theirs (x)");

        Assert.Contains("another program", await FaultAsync(folder), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_StoreClosed_AnswerThatItIsAway()
    {
        await using var store = await TestStore.OpenAsync(Token);
        var (catalog, sink, history) = (store.Catalog, store.Sink, store.History);
        var series = await store.SeriesAsync();
        Assert.Equal(HealthStatus.Healthy, (await store.CheckAsync(Token)).Status);
        var component = store.Component();

        await component.StopAsync(Token);

        await Assert.ThrowsAsync<CatalogUnavailableException>(async () => await catalog.GetOrAddItemsAsync([new ItemKey("a", "b")], Token));
        var fault = await Assert.ThrowsAsync<SinkException>(
            async () => await sink.WriteAsync(TestStoreExtensions.Batch(series.Tick(DateTimeOffset.UnixEpoch, 1)), Token));
        Assert.Equal(SinkFailure.Transient, fault.Failure);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(async () => await history.GetLatestAsync([series.Item], DateTimeOffset.UnixEpoch, Token));
        Assert.Equal(HealthStatus.Unhealthy, (await store.CheckAsync(Token)).Status);
    }

    [Fact]
    public async Task Write_FileWasDeleted_IsRefusedUntilTheFileIsBack()
    {
        await using var store = await TestStore.OpenAsync(Token);
        var series = await store.SeriesAsync();
        var elsewhere = store.File + ".away";
        File.Move(store.File, elsewhere);

        var fault = await Assert.ThrowsAsync<SinkException>(() => store.WriteAsync(series.Tick(DateTimeOffset.UnixEpoch, 1)));
        var gone = await store.CheckAsync(Token);
        File.Move(elsewhere, store.File);

        Assert.Equal(SinkFailure.Transient, fault.Failure);
        Assert.Contains(store.File, fault.Message, StringComparison.Ordinal);
        Assert.Equal(HealthStatus.Unhealthy, gone.Status);
        Assert.Contains("gone from the data folder", gone.Description, StringComparison.Ordinal);
        Assert.Equal(store.File, Assert.IsType<FileNotFoundException>(gone.Exception).FileName);
        Assert.Equal(new WriteOutcome(1), await store.WriteAsync(series.Tick(DateTimeOffset.UnixEpoch, 1)));
        Assert.Equal(HealthStatus.Healthy, (await store.CheckAsync(Token)).Status);
    }

    private static async Task<string> FaultAsync(TempFolder folder)
    {
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => TestStore.OpenAsync(Token, folder: folder.Path));
        Assert.Contains(folder.Path, Line(fault), StringComparison.Ordinal);
        return Line(fault);
    }

    private static string Line(OptionsValidationException fault)
    {
        var line = Assert.Single(fault.Failures);
        Assert.DoesNotContain('\n', line);
        Assert.StartsWith("Tracera:Sqlite:DataFolder is '", line, StringComparison.Ordinal);
        return line;
    }

    private static void Execute(TempFolder folder, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder.Path, SqliteOptions.DefaultFileName)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
