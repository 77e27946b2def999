namespace Tracera.Postgres;

/// <summary>The store's own scripts. A name that ends in <c>.plain</c> or <c>.timescale</c> is for that kind of store; one without is for both.</summary>
internal static class StoreScripts
{
    public const string SetName = "tracera";

    private static readonly PostgresMigrationSet All = PostgresMigrationSet.FromResources(SetName, typeof(StoreScripts).Assembly, string.Empty);

    /// <summary>The scripts for a kind. Where a version has a part for both kinds and one for this kind, they are one script, the common part first.</summary>
    public static PostgresMigrationSet For(StoreKind kind)
    {
        var suffix = kind == StoreKind.Timescale ? ".timescale" : ".plain";
        var scripts = All.Scripts
            .Where(script => !script.Name.Contains('.', StringComparison.Ordinal) || script.Name.EndsWith(suffix, StringComparison.Ordinal))
            .GroupBy(script => script.Version)
            .Select(parts => new PostgresScript(parts.Key, parts.First().Name.Split('.')[0], string.Join('\n', parts.Select(part => part.Text))));
        return new PostgresMigrationSet(SetName, [.. scripts]);
    }
}
