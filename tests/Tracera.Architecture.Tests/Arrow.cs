namespace Tracera.Architecture.Tests;

/// <summary>One node uses another.</summary>
/// <param name="From">The node that uses.</param>
/// <param name="To">The node that is used.</param>
/// <param name="Example">Where, for the message of a failing test.</param>
internal sealed record Arrow(string From, string To, string Example)
{
    public override string ToString() => $"{From} -> {To} ({Example})";
}
