namespace Tracera.Shared;

/// <summary>The rule for two ticks of one series.</summary>
internal static class TickFates
{
    /// <summary>What a tick is to the one of its series that is known.</summary>
    public static TickFate Compare(in PriceTick known, in PriceTick tick)
    {
        if (tick.ObservedAtMicroseconds != known.ObservedAtMicroseconds)
        {
            return tick.ObservedAtMicroseconds > known.ObservedAtMicroseconds ? TickFate.Latest : TickFate.Older;
        }

        var isSame = tick.Price == known.Price && tick.Volume == known.Volume;
        return !isSame && tick.ReceivedAtMicroseconds > known.ReceivedAtMicroseconds ? TickFate.Corrected : TickFate.Duplicate;
    }
}
