namespace Tracera.Ingestion;

/// <summary>The rule for two ticks of one series.</summary>
internal static class TickFates
{
    /// <summary>What a tick is to one of the same series that was observed then or before.</summary>
    public static TickFate OfRepeat(in PriceTick known, in PriceTick tick)
    {
        if (tick.ObservedAtMicroseconds != known.ObservedAtMicroseconds)
        {
            return TickFate.Latest;
        }

        var isSame = tick.Price == known.Price && tick.Volume == known.Volume;
        return !isSame && tick.ReceivedAtMicroseconds > known.ReceivedAtMicroseconds ? TickFate.Corrected : TickFate.Duplicate;
    }
}
