using System.Globalization;

namespace Tracera.Postgres;

/// <summary>Writes values into statements that cannot have parameters.</summary>
internal static class SqlText
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    private static readonly long Last = UnixTime.ToMicroseconds(DateTimeOffset.MaxValue);

    /// <summary>An instant.</summary>
    public static string Of(long microseconds) =>
        $"timestamptz '{UnixTime.FromMicroseconds(microseconds).UtcDateTime.ToString(Format, CultureInfo.InvariantCulture)}'";

    public static string Of(ItemId item) => item.Value.ToString(CultureInfo.InvariantCulture);

    public static string Of(SourceId source) => source.Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The first microsecond that is not before an instant; the last one that can be written where none is.</summary>
    public static long EndOf(DateTimeOffset instant)
    {
        var end = UnixTime.ToMicroseconds(instant);
        return end < Last && UnixTime.FromMicroseconds(end) < instant ? end + 1 : end;
    }
}
