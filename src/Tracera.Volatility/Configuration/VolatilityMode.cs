namespace Tracera.Volatility;

/// <summary>Where figures come from.</summary>
public enum VolatilityMode
{
    /// <summary>The store is read on a timer, for the series that changed: right for any number of hosts.</summary>
    Worker = 0,

    /// <summary>Ticks are added up as they pass through this host, and the store is asked only where they come late or twice: right where every tick passes here.</summary>
    Streaming = 1,
}
