namespace Tracera;

/// <summary>A part of a longer list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Items">The rows of this page, in the list's order.</param>
/// <param name="Next">An opaque cursor for the page after this one; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
