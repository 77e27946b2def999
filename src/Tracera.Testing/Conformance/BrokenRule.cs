namespace Tracera.Testing;

/// <summary>A rule that an implementation broke, and how.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Detail">What was done and what came of it, for a person.</param>
public sealed record BrokenRule(ConformanceRule Rule, string Detail)
{
    /// <summary>The rule's name, what happened, and the contract's words.</summary>
    public override string ToString() => $"{Rule.Id}: {Detail} The contract: \"{Rule.Contract}\"";
}
