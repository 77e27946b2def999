using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Tracera.Shared;

/// <summary>Writes and reads the opaque cursors of lists: the list's own letter, and the key of the last row.</summary>
internal static class Cursor
{
    public const char Items = 'i';
    public const char Bars = 'b';
    public const char Ticks = 't';
    public const char Runs = 'r';
    public const char DeadLetters = 'd';

    private static readonly long FirstInstant = UnixTime.ToMicroseconds(DateTimeOffset.MinValue);
    private static readonly long LastInstant = UnixTime.ToMicroseconds(DateTimeOffset.MaxValue);

    public static string Write(char list, long first, string? second = null) => Base64Url.EncodeToString(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{list}{first}{(second is null ? null : "/")}{second}")));

    /// <summary>Reads a cursor of one number.</summary>
    /// <returns>The number; null for the first page.</returns>
    /// <exception cref="FormatException">The list did not make the cursor.</exception>
    public static long? Read(char list, PageRequest page) =>
        Split(list, page) is not { } parts ? null : parts.Second is null ? parts.First : throw Bad(page);

    /// <summary>Reads a cursor of a number and a text.</summary>
    /// <returns>Both; null for the first page.</returns>
    /// <exception cref="FormatException">The list did not make the cursor.</exception>
    public static (long First, string Second)? ReadPair(char list, PageRequest page) =>
        Split(list, page) is not { } parts ? null : parts.Second is { } second ? (parts.First, second) : throw Bad(page);

    public static FormatException Bad(PageRequest page) => new($"'{page.Cursor}' is not a cursor of this list; allowed is what the page before gave as its next.");

    /// <summary>Refuses a page without rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is below 1.</exception>
    public static int Limit(PageRequest page)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(page.Limit, 1);
        return page.Limit;
    }

    /// <summary>Cuts the row that only tells that there is more.</summary>
    public static Page<T> Cut<T>(List<T> rows, PageRequest page, Func<T, string> next)
    {
        if (rows.Count <= page.Limit)
        {
            return new Page<T>(rows, null);
        }

        rows.RemoveRange(page.Limit, rows.Count - page.Limit);
        return new Page<T>(rows, next(rows[^1]));
    }

    private static (long First, string? Second)? Split(char list, PageRequest page)
    {
        if (page.Cursor is null)
        {
            return null;
        }

        var text = Base64Url.IsValid(page.Cursor) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(page.Cursor)) : string.Empty;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var first = text.AsSpan(text.Length > 0 ? 1 : 0, Math.Max((slash < 0 ? text.Length : slash) - 1, 0));
        return text.StartsWith(list) && long.TryParse(first, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && IsKey(list, number)
            ? (number, slash < 0 ? null : text[(slash + 1)..])
            : throw Bad(page);
    }

    // Bars, ticks and runs are in the order of instants.
    private static bool IsKey(char list, long number) =>
        list is not (Bars or Ticks or Runs) || (number >= FirstInstant && number <= LastInstant);
}
