using Microsoft.Extensions.Options;
using Npgsql;

namespace Tracera.Postgres;

/// <summary>The database as the other parts see it: its data source, its schema, its kind, and whether it may be used yet.</summary>
/// <remarks>Thread-safe. Until the schema is known to be right, every connection is refused with the reason.</remarks>
internal sealed class PostgresDatabase(PostgresSource source, IOptions<PostgresOptions> options)
{
    private const int Unknown = -1;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _refusal;
    private int _kind = Unknown;

    public NpgsqlDataSource DataSource => source.Value;

    /// <summary>The schema as a quoted identifier.</summary>
    public string Schema { get; } = SchemaName.Quote(options.Value.Schema);

    public bool IsReady => Volatile.Read(ref _kind) != Unknown;

    /// <summary>Ends once the schema is known to be right.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Why the database may not be used yet; null when nothing was tried or it may.</summary>
    public Exception? Refusal => IsReady ? null : Volatile.Read(ref _refusal);

    /// <summary>What the schema was made for.</summary>
    /// <exception cref="NpgsqlException">The database may not be used yet.</exception>
    public StoreKind Kind => IsReady ? (StoreKind)_kind : throw NotReady();

    /// <summary>Puts the schema into a statement, wherever it says <c>{schema}</c>.</summary>
    public string Sql(string text) => text.Replace("{schema}", Schema, StringComparison.Ordinal);

    /// <summary>Opens a connection; the caller disposes it.</summary>
    /// <exception cref="NpgsqlException">The server is away, or the database may not be used yet.</exception>
    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) =>
        IsReady ? DataSource.OpenConnectionAsync(cancellationToken) : throw NotReady();

    public void Open(StoreKind kind)
    {
        Volatile.Write(ref _kind, (int)kind);
        _ready.TrySetResult();
    }

    public void Refuse(Exception reason) => Volatile.Write(ref _refusal, reason);

    private NpgsqlException NotReady() => new($"The store is not ready: {Refusal?.Message ?? "it is being opened."}", Refusal);
}
