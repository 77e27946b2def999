namespace Tracera.AspNetCore;

/// <summary>A span of bars of one width.</summary>
/// <param name="Level">The width.</param>
/// <param name="From">The first instant.</param>
/// <param name="To">The end, excluded.</param>
/// <param name="IsChosen">Whether nobody asked for the width, so that it follows from the span.</param>
internal readonly record struct HistoryRange(BarLevel Level, DateTimeOffset From, DateTimeOffset To, bool IsChosen = false)
{
    public const int DefaultBars = 100;
    public const int MaxBarsUnasked = 1_500;

    public static HistoryRange Parse(HistoryRequest request, DateTimeOffset now)
    {
        var window = QueryValues.Window(request.Window);
        var level = QueryValues.Resolution(request.Resolution);
        var from = QueryValues.Instant("from", request.From);
        var to = QueryValues.Instant("to", request.To);
        if (window is not null && (from is not null || to is not null))
        {
            throw ProblemException.BadParameter("window", request.Window, "either 'window', or 'from' and 'to'");
        }

        if (window is not null || (from is null && to is null && level is null))
        {
            return OfWindow(window ?? Window.Day1, level, now);
        }

        var end = to ?? now;
        var start = from ?? Before(end, level is { } asked ? asked.Width() * DefaultBars : Window.Day1.Length);
        return start < end
            ? new HistoryRange(level ?? Narrowest(end - start), start, end, IsChosen: level is null)
            : throw ProblemException.BadParameter("from", request.From, "an instant before 'to'");
    }

    private static HistoryRange OfWindow(Window window, BarLevel? level, DateTimeOffset now) =>
        new(level ?? window.Level, window.StartAt(now), window.Level.Floor(now) + window.Level.Width());

    private static DateTimeOffset Before(DateTimeOffset instant, TimeSpan span) =>
        instant - DateTimeOffset.MinValue > span ? instant - span : DateTimeOffset.MinValue;

    private static BarLevel Narrowest(TimeSpan span)
    {
        foreach (var level in BarLevels.All)
        {
            if (span / level.Width() <= MaxBarsUnasked)
            {
                return level;
            }
        }

        return BarLevels.All[^1];
    }
}
