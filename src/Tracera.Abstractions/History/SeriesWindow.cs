namespace Tracera;

/// <summary>The bars of one series inside one window, and the price before it.</summary>
/// <param name="Series">The item and source.</param>
/// <param name="Window">The window.</param>
/// <param name="Start">The window's first instant.</param>
/// <param name="Bars">The bars that are not empty, oldest first; valid until the next one is read.</param>
/// <param name="Prior">The last price at or before <paramref name="Start"/> that is not older than one more window length; null when there is none.</param>
public sealed record SeriesWindow(
    SeriesKey Series, Window Window, DateTimeOffset Start, ReadOnlyMemory<Bar> Bars, decimal? Prior);
