namespace Tracera.Testing;

/// <summary>One thing that a contract asks of an implementation.</summary>
/// <param name="Id">Names it, for example <c>sink.total</c>.</param>
/// <param name="Contract">The contract's words.</param>
public sealed record ConformanceRule(string Id, string Contract);
