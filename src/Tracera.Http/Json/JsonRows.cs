using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Tracera.Http;

/// <summary>Reads an answer that is one JSON array, row by row as it comes.</summary>
public static class JsonRows
{
    /// <summary>The longest row that is read, in bytes of JSON.</summary>
    public const int MaxRowBytes = 1 << 20;

    private const int BufferBytes = 16 * 1024;
    private const int MaxDepth = 256;

    /// <summary>Reads the rows of a body.</summary>
    /// <remarks>Holds one row at a time, whatever the answer's length, and yields a row as soon as its last byte is here. The body stays open.</remarks>
    /// <typeparam name="T">What a row becomes.</typeparam>
    /// <param name="body">The body, a UTF-8 JSON array.</param>
    /// <param name="parse">Reads one row.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The rows that are used, in order.</returns>
    /// <exception cref="ProviderException">The document is no array, is malformed or ends early, or a row is too long (<see cref="ProviderFailure.BadPayload"/>); rows yielded before stand.</exception>
    public static async IAsyncEnumerable<T> ReadAsync<T>(
        Stream body, JsonRowParser<T> parse, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(parse);
        var pipe = PipeReader.Create(body, new StreamPipeReaderOptions(bufferSize: BufferBytes, leaveOpen: true));
        try
        {
            var state = new JsonReaderState(new JsonReaderOptions { MaxDepth = MaxDepth });
            var isCompleted = false;
            while (!isCompleted)
            {
                var result = await pipe.ReadAsync(cancellationToken).ConfigureAwait(false);
                var (rest, ended) = (result.Buffer, result.IsCompleted);
                while (TryTakeRow(ref rest, ref state, ended, out var row))
                {
                    if (parse(row, out var value))
                    {
                        yield return value;
                    }
                }

                ThrowIfTooLong(rest.Length);
                pipe.AdvanceTo(rest.Start, rest.End);
                isCompleted = ended;
            }
        }
        finally
        {
            await pipe.CompleteAsync().ConfigureAwait(false);
        }
    }

    // Nothing is taken from the buffer until a whole row is in it; the borders of the array are taken on the way.
    private static bool TryTakeRow(
        ref ReadOnlySequence<byte> rest, ref JsonReaderState state, bool isFinal, out ReadOnlySequence<byte> row)
    {
        row = default;
        try
        {
            while (true)
            {
                var reader = new Utf8JsonReader(rest, isFinal, state);
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
                if (isRow && !reader.TrySkip())
                {
                    return false;
                }

                row = rest.Slice(start, reader.BytesConsumed - start);
                rest = rest.Slice(reader.BytesConsumed);
                state = reader.CurrentState;
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

    private static void ThrowIfTooLong(long length)
    {
        if (length > MaxRowBytes)
        {
            throw Bad($"has a row of more than {MaxRowBytes} bytes");
        }
    }

    private static ProviderException Bad(string what, JsonException? exception = null) => new(
        ProviderFailure.BadPayload, exception is null ? $"The answer {what}." : $"The answer {what}: {exception.Message}", innerException: exception);
}
