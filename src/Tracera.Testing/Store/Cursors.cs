using System.Globalization;

namespace Tracera.Testing;

/// <summary>Pages of lists that are in memory; a cursor is the number of rows that were read.</summary>
internal static class Cursors
{
    public static Page<T> Cut<T>(IEnumerable<T> rows, PageRequest page)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(page.Limit, 1);
        var from = page.Cursor is null ? 0 : Parse(page.Cursor);
        var taken = rows.Skip(from).Take(page.Limit + 1).ToList();
        return taken.Count <= page.Limit
            ? new Page<T>(taken, null)
            : new Page<T>(taken[..page.Limit], (from + page.Limit).ToString(CultureInfo.InvariantCulture));
    }

    private static int Parse(string cursor) =>
        int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var from)
            ? from
            : throw new FormatException($"'{cursor}' is not a cursor of this store.");
}
