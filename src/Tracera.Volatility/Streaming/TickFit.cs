namespace Tracera.Volatility.Streaming;

/// <summary>How a tick fits what is known of its series.</summary>
internal enum TickFit
{
    /// <summary>It comes after all others and is counted.</summary>
    InOrder = 0,

    /// <summary>It repeats the newest one and changes nothing.</summary>
    Repeated = 1,

    /// <summary>It comes late, corrects, may repeat an older one, or lies ahead of the clock: only the store can tell what follows.</summary>
    OutOfOrder = 2,

    /// <summary>Its series is new and there is no room for one more: it is left out.</summary>
    Refused = 3,
}
