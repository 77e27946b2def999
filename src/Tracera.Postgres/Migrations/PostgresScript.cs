namespace Tracera.Postgres;

/// <summary>One numbered step of a schema.</summary>
/// <remarks>
/// <c>{schema}</c> in the text stands for the quoted schema. A script runs in one transaction, unless its first line is <c>-- no transaction</c>: then each statement
/// is committed by itself, and must be repeatable, because a host that dies after it and before that is recorded runs it once more.
/// </remarks>
/// <param name="Version">1 to 9,999, unique within its set; scripts are applied in ascending order.</param>
/// <param name="Name">What it does, in a few words.</param>
/// <param name="Text">SQL statements.</param>
public sealed record PostgresScript(int Version, string Name, string Text);
