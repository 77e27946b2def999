using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Tracera.Samples.Tests.EmbedInExisting;

/// <summary>The shop's data source, which knows whether somebody has disposed it.</summary>
internal sealed class WatchedDataSource(string connectionString) : DbDataSource
{
    public override string ConnectionString => connectionString;

    public bool IsDisposed { get; private set; }

    protected override DbConnection CreateDbConnection() => new SqliteConnection(connectionString);

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }

    protected override ValueTask DisposeAsyncCore()
    {
        IsDisposed = true;
        return base.DisposeAsyncCore();
    }
}
