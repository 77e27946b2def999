namespace Tracera.Redis;

/// <summary>The rule for two ticks of one series, the same that <c>publish_ticks.lua</c> keeps.</summary>
internal static class TickRule
{
    public static TickFate Compare(in PriceTick known, in PriceTick tick)
    {
        if (tick.ObservedAtMicroseconds != known.ObservedAtMicroseconds)
        {
            return tick.ObservedAtMicroseconds > known.ObservedAtMicroseconds ? TickFate.Newer : TickFate.Older;
        }

        var isSame = tick.Price == known.Price && tick.Volume == known.Volume;
        return !isSame && tick.ReceivedAtMicroseconds > known.ReceivedAtMicroseconds ? TickFate.Correction : TickFate.Duplicate;
    }
}
