using Npgsql;

namespace Tracera.Postgres;

/// <summary>Reads and writes sources.</summary>
internal sealed class SourceTable(PostgresDatabase database)
{
    private const string Select = "SELECT id, provider, name, currency, kind, volume_kind FROM {schema}.source";

    private readonly string _find = database.Sql(Select + " WHERE provider = $1 AND name = $2 AND currency = $3 AND kind = $4");

    private readonly string _add = database.Sql(
        "INSERT INTO {schema}.source (provider, name, currency, kind, volume_kind) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING");

    private readonly string _all = database.Sql(Select + " ORDER BY id");

    public async Task<Source?> FindAsync(string provider, SourceDescriptor descriptor, CancellationToken cancellationToken)
    {
        var found = await database.QueryAsync(
            _find, Read, cancellationToken, provider, descriptor.Name, descriptor.Currency.Code, (short)descriptor.Kind).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    public async Task<Source> AddAsync(string provider, SourceDescriptor descriptor, CancellationToken cancellationToken)
    {
        await database.ExecuteAsync(
            _add, cancellationToken, provider, descriptor.Name, descriptor.Currency.Code, (short)descriptor.Kind, (short)descriptor.VolumeKind).ConfigureAwait(false);
        return (await FindAsync(provider, descriptor, cancellationToken).ConfigureAwait(false))!;
    }

    public Task<List<Source>> AllAsync(CancellationToken cancellationToken) => database.QueryAsync(_all, Read, cancellationToken);

    private static Source Read(NpgsqlDataReader row)
    {
        var currency = row.GetString(3) is { Length: > 0 } code ? Currency.Parse(code) : default;
        return new Source(
            new SourceId(row.GetInt32(0)),
            row.GetString(1),
            new SourceDescriptor(row.GetString(2), currency, (PriceKind)row.GetInt16(4), (VolumeKind)row.GetInt16(5)));
    }
}
