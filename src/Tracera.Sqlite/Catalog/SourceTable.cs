namespace Tracera.Sqlite;

/// <summary>Reads and writes sources.</summary>
internal static class SourceTable
{
    private const string Select = "SELECT id, provider, name, currency, kind, volume_kind FROM sources";

    public static Source? Find(SqliteSession session, string provider, SourceDescriptor descriptor) =>
        Read(Bind(session.Statement($"{Select} WHERE provider = ?1 AND name = ?2 AND currency = ?3 AND kind = ?4"), provider, descriptor)).FirstOrDefault();

    public static Source Add(SqliteSession session, string provider, SourceDescriptor descriptor)
    {
        const string Sql = "INSERT INTO sources (provider, name, currency, kind, volume_kind) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING";
        Bind(session.Statement(Sql), provider, descriptor).Bind(5, (long)descriptor.VolumeKind).Execute();
        return Find(session, provider, descriptor)!;
    }

    public static List<Source> All(SqliteSession session) => Read(session.Statement($"{Select} ORDER BY id"));

    private static SqliteStatement Bind(SqliteStatement statement, string provider, SourceDescriptor descriptor) => statement
        .Bind(1, provider).Bind(2, descriptor.Name).Bind(3, descriptor.Currency.Code).Bind(4, (long)descriptor.Kind);

    private static List<Source> Read(SqliteStatement rows)
    {
        var sources = new List<Source>();
        while (rows.Step())
        {
            var currency = rows.Text(3) is { Length: > 0 } code ? Currency.Parse(code) : default;
            sources.Add(new Source(
                new SourceId(rows.Int32(0)),
                rows.Text(1),
                new SourceDescriptor(rows.Text(2), currency, (PriceKind)rows.Int32(4), (VolumeKind)rows.Int32(5))));
        }

        return sources;
    }
}
