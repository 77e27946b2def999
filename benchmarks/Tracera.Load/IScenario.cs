namespace Tracera.Load;

/// <summary>Something that is measured against a peer.</summary>
internal interface IScenario
{
    /// <summary>What it is called on the command line.</summary>
    string Name { get; }

    /// <summary>Measures.</summary>
    /// <param name="remarks">Takes what is worth knowing beside the results.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The results, each as soon as it stands.</returns>
    /// <exception cref="WrongCountException">Something was lost or counted wrongly.</exception>
    IAsyncEnumerable<LoadResult> RunAsync(TextWriter remarks, CancellationToken cancellationToken);
}
