using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Tracera.Postgres;

/// <summary>Brings the schema to the scripts that this version knows, or says what is missing.</summary>
internal sealed class SchemaMigrator(
    PostgresSource source,
    IEnumerable<PostgresMigrationSet> sets,
    IOptions<PostgresOptions> options,
    TimeProvider time,
    ILogger<SchemaMigrator> logger)
{
    /// <summary>Applies or compares, as the options say.</summary>
    /// <returns>The kind of the store.</returns>
    /// <exception cref="MigrationException">The schema is not as it must be.</exception>
    /// <exception cref="NpgsqlException">The server is away, or refused a statement.</exception>
    public async Task<StoreKind> RunAsync(CancellationToken cancellationToken)
    {
        var connection = await source.Value.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var session = new MigrationSession(connection, options.Value.Schema, options.Value.MigrationTimeout);
            return options.Value.Migrations switch
            {
                MigrationMode.Apply => await ApplyAsync(session, cancellationToken).ConfigureAwait(false),
                MigrationMode.Verify => await VerifyAsync(session, cancellationToken).ConfigureAwait(false),
                _ => KindOf(await session.ReadScriptsAsync(cancellationToken).ConfigureAwait(false))
                    ?? await session.DetectAsync(cancellationToken).ConfigureAwait(false),
            };
        }
    }

    private static StoreKind? KindOf(List<AppliedScript> applied) =>
        applied.Find(script => script is { Set: StoreScripts.SetName, Version: 1 })?.Kind;

    private async Task<StoreKind> VerifyAsync(MigrationSession session, CancellationToken cancellationToken)
    {
        var applied = await session.ReadScriptsAsync(cancellationToken).ConfigureAwait(false);
        var kind = await AgreeAsync(session, applied, cancellationToken).ConfigureAwait(false);
        var missing = Pending(applied, kind).Select(pending => $"{pending.Set}/{pending.Script.Version:0000}_{pending.Script.Name}").ToList();
        return missing.Count == 0
            ? kind
            : throw new MigrationException(
                $"The schema {session.Schema} lacks {string.Join(", ", missing)}; apply the migration script, or set {PostgresOptions.SectionName}:{nameof(PostgresOptions.Migrations)} to Apply.");
    }

    private async Task<StoreKind> ApplyAsync(MigrationSession session, CancellationToken cancellationToken)
    {
        var seen = await session.ReadScriptsAsync(cancellationToken).ConfigureAwait(false);
        var kind = await AgreeAsync(session, seen, cancellationToken).ConfigureAwait(false);
        if (Pending(seen, kind).Count == 0)
        {
            return kind;
        }

        var migrationLock = new MigrationLock(session, options.Value, time);
        await migrationLock.TakeAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await PrepareAsync(session, cancellationToken).ConfigureAwait(false);
            var applied = await session.ReadScriptsAsync(cancellationToken).ConfigureAwait(false);
            kind = await AgreeAsync(session, applied, cancellationToken).ConfigureAwait(false);
            foreach (var (set, script, steps) in Pending(applied, kind))
            {
                await new ScriptRun(session, set, script, kind).ApplyAsync(steps, cancellationToken).ConfigureAwait(false);
                MigrationLog.Applied(logger, set, script.Version, script.Name, session.Schema);
            }

            return kind;
        }
        finally
        {
            await migrationLock.ReleaseAsync().ConfigureAwait(false);
        }
    }

    // CREATE SCHEMA asks for a right on the database even where the schema exists.
    private static async Task PrepareAsync(MigrationSession session, CancellationToken cancellationToken)
    {
        if (!await session.HasSchemaAsync(cancellationToken).ConfigureAwait(false))
        {
            await session.RunAsync("CREATE SCHEMA IF NOT EXISTS {schema}", cancellationToken).ConfigureAwait(false);
        }

        if (!await session.HasScriptTableAsync(cancellationToken).ConfigureAwait(false))
        {
            await session.RunAsync(ScriptTable.Create, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<StoreKind> AgreeAsync(MigrationSession session, List<AppliedScript> applied, CancellationToken cancellationToken)
    {
        var offered = await session.DetectAsync(cancellationToken).ConfigureAwait(false);
        var kind = KindOf(applied) ?? offered;
        return kind == StoreKind.Plain || offered == StoreKind.Timescale
            ? kind
            : throw new MigrationException($"The schema {session.Schema} was made with TimescaleDB, which this database has no longer under its own licence.");
    }

    private List<(string Set, PostgresScript Script, int Steps)> Pending(List<AppliedScript> applied, StoreKind kind)
    {
        var pending = new List<(string, PostgresScript, int)>();
        foreach (var set in sets.Prepend(StoreScripts.For(kind)))
        {
            var known = applied.Where(script => script.Set == set.Name).ToDictionary(script => script.Version);
            foreach (var script in set.Scripts)
            {
                var before = known.GetValueOrDefault(script.Version);
                ThrowIfChanged(set.Name, script, before);
                if (before is null or { Steps: not null })
                {
                    pending.Add((set.Name, script, before?.Steps ?? 0));
                }
            }

            ThrowIfNewer(set, known.Keys);
        }

        return pending;
    }

    private static void ThrowIfChanged(string set, PostgresScript script, AppliedScript? before)
    {
        if (before is not null && before.Checksum != ScriptText.Checksum(script))
        {
            throw new MigrationException($"The script {set}/{script.Version:0000}_{script.Name} was applied with another text than this version has.");
        }
    }

    private static void ThrowIfNewer(PostgresMigrationSet set, IEnumerable<int> known)
    {
        var newest = set.Scripts.Count == 0 ? 0 : set.Scripts[^1].Version;
        if (known.Any(version => version > newest))
        {
            throw new MigrationException($"The schema has scripts of '{set.Name}' up to {known.Max()}, made by a newer version; this one knows {newest}.");
        }
    }
}
