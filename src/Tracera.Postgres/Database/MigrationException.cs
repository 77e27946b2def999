namespace Tracera.Postgres;

/// <summary>The schema is not as this version needs it, and only a person can help.</summary>
internal sealed class MigrationException(string message) : Exception(message);
