namespace Tracera.Sqlite;

/// <summary>How the volumes of each source combine, read from the catalogue once for each batch that asks.</summary>
internal sealed class SourceKinds(SqliteSession session)
{
    private readonly Dictionary<SourceId, VolumeKind> _kinds = [];

    /// <summary>The kind of a source.</summary>
    /// <exception cref="SinkException">The source is not in the catalogue.</exception>
    public VolumeKind Of(SourceId source)
    {
        if (!_kinds.TryGetValue(source, out var kind))
        {
            var known = session.Statement("SELECT volume_kind FROM sources WHERE id = ?1").Bind(1, source.Value).Scalar()
                ?? throw new SinkException(SinkFailure.Permanent, $"The source {source} is not in the catalogue; ids come from GetOrAddSourceAsync.");
            kind = (VolumeKind)known;
            _kinds.Add(source, kind);
        }

        return kind;
    }
}
