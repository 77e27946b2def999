namespace Tracera;

/// <summary>What a sink's queue does when it is full.</summary>
public enum SinkOverflow
{
    /// <summary>The dispatcher waits: polling slows down. The only policy of a durable sink without a spool.</summary>
    Wait = 0,

    /// <summary>The queue keeps the newest tick of each series and counts the others as conflated.</summary>
    Conflate = 1,

    /// <summary>Batches go to the spool of an <see cref="ISpoolFactory"/>, are accepted there and read back in order; when that is full too the dispatcher waits.</summary>
    Spill = 2,
}
