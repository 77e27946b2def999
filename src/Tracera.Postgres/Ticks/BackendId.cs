namespace Tracera.Postgres;

/// <summary>One server process: its id and its start, since ids are used again.</summary>
internal readonly record struct BackendId(int ProcessId, DateTime StartedAt);
