using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Tracera.AspNetCore;

/// <summary>A cursor that keeps, beside the store's own, the series and range that the first page chose, so that all pages are of one list.</summary>
/// <param name="Source">The series' source; 0 for every source of the item.</param>
/// <param name="Level">The width of the bars; unused for ticks.</param>
/// <param name="FromMicroseconds">The range's first instant.</param>
/// <param name="ToMicroseconds">The range's end, excluded.</param>
/// <param name="Inner">The store's cursor.</param>
internal sealed record OpaqueCursor(int Source, BarLevel Level, long FromMicroseconds, long ToMicroseconds, string Inner)
{
    private const int MaxLength = 2_048;
    private const int Parts = 5;

    public DateTimeOffset From => UnixTime.FromMicroseconds(FromMicroseconds);

    public DateTimeOffset To => UnixTime.FromMicroseconds(ToMicroseconds);

    public static OpaqueCursor Parse(string text) =>
        TryParse(text) ?? throw ProblemException.BadParameter("cursor", text, "the 'next' of the page before");

    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{Source},{(int)Level},{FromMicroseconds},{ToMicroseconds},{Inner}")));

    private static OpaqueCursor? TryParse(string text)
    {
        if (text.Length > MaxLength || !Base64Url.IsValid(text))
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(',', Parts);
        return parts.Length == Parts
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var source)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var level)
            && level < BarLevels.All.Length
            && TryParseTime(parts[2], out var from)
            && TryParseTime(parts[3], out var to)
            ? new OpaqueCursor(source, (BarLevel)level, from, to, parts[4])
            : null;
    }

    private static bool TryParseTime(string text, out long microseconds) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out microseconds)
        && microseconds >= UnixTime.ToMicroseconds(DateTimeOffset.MinValue)
        && microseconds <= UnixTime.ToMicroseconds(DateTimeOffset.MaxValue);
}
