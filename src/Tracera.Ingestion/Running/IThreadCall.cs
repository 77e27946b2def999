namespace Tracera.Ingestion;

/// <summary>A call that may block or compute for long, and therefore has a thread of its own.</summary>
internal interface IThreadCall
{
    /// <summary>Makes the call on the thread at hand; never throws.</summary>
    void Run();
}
