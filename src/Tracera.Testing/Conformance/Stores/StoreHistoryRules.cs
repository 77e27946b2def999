namespace Tracera.Testing;

/// <summary>What a durable store's <see cref="IPriceHistory"/> is asked for.</summary>
public static class StoreHistoryRules
{
    /// <summary>Bars of every level equal a recomputation from the ticks.</summary>
    public static ConformanceRule Bars { get; } = new(
        "store.bars", "Late, corrected and backfilled ticks are in the bars as if they had come in time. A bucket without a tick has no bar.");

    /// <summary>A span of bars has the borders that are asked for.</summary>
    public static ConformanceRule BarSpan { get; } = new(
        "store.bar_span", "From: the first instant; the bucket that holds it is included. To: bars that begin before this instant. A page, oldest first.");

    /// <summary>Ticks are read oldest first, page by page.</summary>
    public static ConformanceRule Ticks { get; } = new(
        "store.ticks", "Ticks of one item, oldest first, observed at From or later and before To; only this source, or all. Next is null at the end.");

    /// <summary>The latest tick is the last that does not lie in the future.</summary>
    public static ConformanceRule Latest { get; } = new(
        "store.latest", "Reads the latest tick of every source of some items; a tick that lies in the future is not yet the latest. Ordered by item and source.");

    /// <summary>A window holds its own bars.</summary>
    public static ConformanceRule Windows { get; } = new(
        "store.windows", "One entry for each series, in the order asked for; its bars are empty when the window holds no tick. The bars that are not empty, oldest first.");

    /// <summary>The price before a window is the last one that is not too old.</summary>
    public static ConformanceRule Prior { get; } = new(
        "store.prior", "Prior: the last price at or before Start that is not older than one more window length; null when there is none.");

    /// <summary>Series with a receipt since an instant.</summary>
    public static ConformanceRule Series { get; } = new(
        "store.series", "Reads which series had a tick received since an instant, the instant included: each once, ordered by item and source.");

    /// <summary>A cursor of somebody else is refused.</summary>
    public static ConformanceRule Cursors { get; } = new(
        "store.cursors", "A cursor that the store did not make is refused with a FormatException that names it.");

    /// <summary>Every rule of the history.</summary>
    public static IReadOnlyList<ConformanceRule> All { get; } = [Bars, BarSpan, Ticks, Latest, Windows, Prior, Series, Cursors];
}
