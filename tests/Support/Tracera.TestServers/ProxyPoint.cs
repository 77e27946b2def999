namespace Tracera.TestServers;

/// <summary>A moment in the talk between a client and PostgreSQL at which a proxy holds the connection.</summary>
public enum ProxyPoint
{
    /// <summary>In the middle of the rows of a COPY: the server waits for the rest of a message.</summary>
    InsideCopy = 0,

    /// <summary>The server has the end of a COPY; its answer is held back.</summary>
    AfterCopyDone = 1,

    /// <summary>The client has sent a COMMIT that the server does not get.</summary>
    BeforeCommit = 2,

    /// <summary>The server has a COMMIT and has answered; the answer is held back.</summary>
    AfterCommit = 3,
}
