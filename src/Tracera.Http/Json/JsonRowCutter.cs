using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Tracera.Http;

/// <summary>Cuts one JSON array into its rows as its bytes come. Not thread-safe.</summary>
/// <param name="options">How the document is read.</param>
/// <param name="context">Told of malformed rows; without one they make the document malformed.</param>
internal sealed class JsonRowCutter(JsonReaderOptions options, FetchContext? context)
{
    private JsonReaderState _state = new(options);
    private bool _hasBegun;

    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    /// <summary>Takes the next row. Nothing is taken from the buffer until a whole row is in it; the borders of the array are taken on the way.</summary>
    /// <returns>Whether there is one; otherwise more bytes are needed, or the array has ended.</returns>
    public bool TryTakeRow(ref ReadOnlySequence<byte> rest, bool isFinal, out ReadOnlySequence<byte> row)
    {
        row = default;
        if (!_hasBegun && !TryBegin(ref rest, isFinal))
        {
            return false;
        }

        try
        {
            while (true)
            {
                var reader = new Utf8JsonReader(rest, isFinal, _state);
                if (!reader.Read())
                {
                    return false;
                }

                var isRow = reader.CurrentDepth > 0 || reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.EndArray);
                if (reader.CurrentDepth == 0 && isRow)
                {
                    throw Bad("is no array");
                }

                var start = reader.TokenStartIndex;
                var skipped = isRow ? Skip(ref reader, rest.Slice(start)) : Skipped.Whole;
                if (skipped == Skipped.Malformed)
                {
                    // Whether it can be left out is seen once its end is there.
                    if (!TryLeaveOut(ref rest, start, isFinal))
                    {
                        return false;
                    }

                    continue;
                }

                if (skipped == Skipped.NotYet)
                {
                    return false;
                }

                row = rest.Slice(start, reader.BytesConsumed - start);
                rest = rest.Slice(reader.BytesConsumed);
                _state = reader.CurrentState;
                if (isRow)
                {
                    return true;
                }
            }
        }
        catch (JsonException exception)
        {
            throw Bad("is malformed or ends early", exception);
        }
    }

    /// <summary>Counts a row that is broken.</summary>
    public static void Reject(FetchContext context, in ReadOnlySequence<byte> row) =>
        context.Reject(null, RejectReasons.BadRow, Encoding.UTF8.GetString(row.Slice(0, Math.Min(row.Length, Rejection.MaxSampleLength))));

    public static ProviderException Bad(string what, JsonException? exception = null) => new(
        ProviderFailure.BadPayload, exception is null ? $"The answer {what}." : $"The answer {what}: {exception.Message}", innerException: exception);

    // Some venues send a byte order mark before the document, which the reader takes for a fault.
    private bool TryBegin(ref ReadOnlySequence<byte> rest, bool isFinal)
    {
        if (rest.Length < ByteOrderMark.Length && !isFinal)
        {
            return false;
        }

        Span<byte> first = stackalloc byte[ByteOrderMark.Length];
        if (rest.Length >= first.Length)
        {
            rest.Slice(0, first.Length).CopyTo(first);
            rest = first.SequenceEqual(ByteOrderMark) ? rest.Slice(first.Length) : rest;
        }

        return _hasBegun = true;
    }

    private Skipped Skip(ref Utf8JsonReader reader, in ReadOnlySequence<byte> row)
    {
        try
        {
            return reader.TrySkip() ? Skipped.Whole : Skipped.NotYet;
        }
        catch (JsonException) when (context is not null && EndOf(row) != 0)
        {
            return Skipped.Malformed;
        }
    }

    // The reader goes on as if a null had stood in the row's place.
    private bool TryLeaveOut(ref ReadOnlySequence<byte> rest, long start, bool isFinal)
    {
        var length = EndOf(rest.Slice(start));
        if (length < 0)
        {
            return isFinal ? throw Bad("ends within a malformed row") : false;
        }

        Reject(context!, rest.Slice(start, length));
        byte[] instead = [.. rest.Slice(0, start).ToArray(), .. "null"u8];
        var reader = new Utf8JsonReader(instead, isFinalBlock: false, _state);
        reader.Read();
        _state = reader.CurrentState;
        rest = rest.Slice(start + length);
        return true;
    }

    // Counts brackets outside of strings. 0: they do not match, so nobody can say where the row ends; below zero: not yet to be seen.
    private static long EndOf(in ReadOnlySequence<byte> row)
    {
        var (open, isText, isEscaped, at) = (new Stack<byte>(), false, false, 0L);
        foreach (var piece in row)
        {
            foreach (var letter in piece.Span)
            {
                at++;
                if (isText)
                {
                    (isText, isEscaped) = (isEscaped || letter != '"', !isEscaped && letter == '\\');
                }
                else if (letter is (byte)'{' or (byte)'[')
                {
                    open.Push(letter);
                }
                else if (letter is (byte)'}' or (byte)']' && open.Pop() != (letter == '}' ? '{' : '['))
                {
                    return 0;
                }
                else
                {
                    isText = letter == '"';
                }

                if (open.Count == 0)
                {
                    return at;
                }
            }
        }

        return -1;
    }

    private enum Skipped
    {
        Whole,
        NotYet,
        Malformed,
    }
}
