namespace Tracera.Postgres;

/// <summary>A row of the table of scripts.</summary>
internal sealed record AppliedScript(string Set, int Version, StoreKind Kind, string Checksum, int? Steps);
