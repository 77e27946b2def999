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
    public static IAsyncEnumerable<T> ReadAsync<T>(Stream body, JsonRowParser<T> parse, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(parse);
        return ReadAsync(body, parse, null, cancellationToken);
    }

    /// <summary>Reads the rows of a body for one cycle of a provider; a row that is broken is rejected, and the cycle goes on.</summary>
    /// <remarks>
    /// Broken is an object or array that is malformed between brackets that match, and a row of which the parser says so with a <see cref="JsonException"/>, a <see cref="FormatException"/> or an
    /// <see cref="InvalidOperationException"/>. It is counted as <see cref="RejectReasons.BadRow"/>. Otherwise as the other overload.
    /// </remarks>
    /// <typeparam name="T">What a row becomes.</typeparam>
    /// <param name="context">Told of the rows that are broken.</param>
    /// <param name="body">The body, a UTF-8 JSON array.</param>
    /// <param name="parse">Reads one row.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The rows that are used, in order.</returns>
    /// <exception cref="ProviderException">The document is no array, is malformed outside of its rows or ends early, or a row is too long (<see cref="ProviderFailure.BadPayload"/>); rows yielded before stand.</exception>
    public static IAsyncEnumerable<T> ReadAsync<T>(
        FetchContext context, Stream body, JsonRowParser<T> parse, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(parse);
        return ReadAsync(body, Guarded(context, parse), context, cancellationToken);
    }

    private static async IAsyncEnumerable<T> ReadAsync<T>(
        Stream body, JsonRowParser<T> parse, FetchContext? context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(body, new StreamPipeReaderOptions(bufferSize: BufferBytes, leaveOpen: true));
        try
        {
            var cutter = new JsonRowCutter(new JsonReaderOptions { MaxDepth = MaxDepth }, context);
            var isCompleted = false;
            while (!isCompleted)
            {
                var result = await pipe.ReadAsync(cancellationToken).ConfigureAwait(false);
                var (rest, ended) = (result.Buffer, result.IsCompleted);
                while (cutter.TryTakeRow(ref rest, ended, out var row))
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

    private static JsonRowParser<T> Guarded<T>(FetchContext context, JsonRowParser<T> parse)
    {
        return Parse;

        bool Parse(in ReadOnlySequence<byte> row, out T value)
        {
            try
            {
                return parse(row, out value);
            }
            catch (Exception fault) when (fault is JsonException or FormatException or InvalidOperationException)
            {
                JsonRowCutter.Reject(context, row);
                value = default!;
                return false;
            }
        }
    }

    private static void ThrowIfTooLong(long length)
    {
        if (length > MaxRowBytes)
        {
            throw JsonRowCutter.Bad($"has a row of more than {MaxRowBytes} bytes");
        }
    }
}
