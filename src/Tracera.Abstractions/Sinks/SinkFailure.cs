namespace Tracera;

/// <summary>Whether writing the same batch again can help.</summary>
public enum SinkFailure
{
    /// <summary>The target is away or busy: the pump waits with back-off and offers the batch again, for ever.</summary>
    Transient = 0,

    /// <summary>The batch itself is refused: trying again cannot help, and the pump dead-letters it.</summary>
    Permanent = 1,

    /// <summary>The target is not as it must be (a missing table, a wrong schema): the sink is unhealthy and waits; nothing is dead-lettered.</summary>
    Misconfigured = 2,
}
