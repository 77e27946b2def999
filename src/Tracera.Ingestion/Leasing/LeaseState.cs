namespace Tracera.Ingestion;

/// <summary>Whether this host may poll a provider.</summary>
internal enum LeaseState
{
    /// <summary>It may.</summary>
    Held = 0,

    /// <summary>Another host does.</summary>
    Elsewhere = 1,

    /// <summary>The store cannot be asked and nothing is held.</summary>
    Unknown = 2,
}
