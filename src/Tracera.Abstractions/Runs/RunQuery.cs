namespace Tracera;

/// <summary>Which runs are wanted, newest first.</summary>
/// <param name="Page">How many, and from where.</param>
/// <param name="State">Only runs in this state; null for all.</param>
/// <param name="Provider">Only runs with a row of this provider; null for all.</param>
/// <param name="From">Only runs that began at this instant or later; null for all.</param>
/// <param name="To">Only runs that began before this instant; null for all.</param>
public sealed record RunQuery(
    PageRequest Page,
    RunState? State = null,
    string? Provider = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null);
