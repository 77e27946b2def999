using System.Globalization;

namespace Tracera.AspNetCore;

/// <summary>Reads the values of query parameters. An empty value counts as absent; a bad one is refused with what is allowed.</summary>
internal static class QueryValues
{
    public const int DefaultLimit = 100;
    public const int MaxLimit = 1_000;
    public const int DefaultHistoryLimit = 1_000;
    public const int MaxHistoryLimit = 5_000;
    public const int DefaultBandPeriod = 20;
    public const int MinBandPeriod = 2;
    public const int MaxBandPeriod = 500;
    public const double DefaultBandWidth = 2;
    public const double MaxBandWidth = 100;
    private static readonly string[] InstantFormats =
        ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd"];

    public static string? Text(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>A text that is looked for in the store, which holds no control characters and may refuse them.</summary>
    public static string? Term(string parameter, string? text) => Text(text) is { } term && term.Any(char.IsControl)
        ? throw ProblemException.BadParameter(parameter, text, "text without control characters")
        : Text(text);

    public static int Limit(string? text, int fallback = DefaultLimit, int max = MaxLimit) => Whole("limit", text, 1, max) ?? fallback;

    public static int? Whole(string parameter, string? text, int min, int max)
    {
        if (Text(text) is null)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw ProblemException.BadParameter(parameter, text, string.Create(CultureInfo.InvariantCulture, $"{min} to {max}"));
    }

    public static double? Above(string parameter, string? text, double max)
    {
        if (Text(text) is null)
        {
            return null;
        }

        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= max
            ? number
            : throw ProblemException.BadParameter(parameter, text, string.Create(CultureInfo.InvariantCulture, $"a number above 0 up to {max}"));
    }

    public static PageRequest Page(string? limit, string? cursor) => new(Limit(limit), Text(cursor));

    public static Window? Window(string? text)
    {
        if (Text(text) is null)
        {
            return null;
        }

        return Tracera.Window.TryParse(text, out var window)
            ? window
            : throw ProblemException.BadParameter("window", text, string.Join(", ", Tracera.Window.All));
    }

    public static BarLevel? Resolution(string? text)
    {
        if (Text(text) is null)
        {
            return null;
        }

        return BarLevels.TryParse(text, out var level)
            ? level
            : throw ProblemException.BadParameter("resolution", text, string.Join(", ", BarLevels.All.Select(BarLevels.Name)));
    }

    public static DateTimeOffset? Instant(string parameter, string? text)
    {
        if (Text(text) is null)
        {
            return null;
        }

        const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParseExact(text, InstantFormats, CultureInfo.InvariantCulture, Styles, out var instant)
            ? instant
            : throw ProblemException.BadParameter(parameter, text, "an ISO 8601 instant such as 2026-01-31T12:00:00Z, or a date");
    }

    public static bool Flag(string parameter, string? text) => Text(text) switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw ProblemException.BadParameter(parameter, text, "true, false"),
    };

    public static T? OneOf<T>(string parameter, string? text)
        where T : struct, Enum
    {
        if (Text(text) is null)
        {
            return null;
        }

        return Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase)
            ? Enum.Parse<T>(text!, ignoreCase: true)
            : throw ProblemException.BadParameter(parameter, text, string.Join(", ", Enum.GetNames<T>()));
    }
}
