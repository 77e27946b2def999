namespace Tracera;

/// <summary>Which part of a list is wanted.</summary>
/// <param name="Limit">At most so many rows, 1 or more.</param>
/// <param name="Cursor">The <see cref="Page{T}.Next"/> of the page before; null for the first page.</param>
/// <remarks>A cursor that the store did not make is refused with a <see cref="FormatException"/> that names it.</remarks>
public readonly record struct PageRequest(int Limit, string? Cursor = null);
