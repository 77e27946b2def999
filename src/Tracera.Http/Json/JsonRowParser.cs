using System.Buffers;

namespace Tracera.Http;

/// <summary>Reads one row of an answer.</summary>
/// <remarks>Never throws for what is in a row: a row that cannot be used goes to <see cref="FetchContext.Reject"/>, and the answer is false.</remarks>
/// <typeparam name="T">What a row becomes.</typeparam>
/// <param name="row">The row's JSON, well-formed, valid during the call only.</param>
/// <param name="value">What it became.</param>
/// <returns>Whether the row is used.</returns>
public delegate bool JsonRowParser<T>(in ReadOnlySequence<byte> row, out T value);
