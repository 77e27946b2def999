namespace Tracera.Ingestion;

/// <summary>Which prices are handed to the sinks.</summary>
public enum StoreMode
{
    /// <summary>Every price of every cycle.</summary>
    All = 0,

    /// <summary>A price whose value or volume differs from the last one of its series, and an unchanged one once in every <see cref="IngestionOptions.Heartbeat"/>.</summary>
    Changes = 1,
}
