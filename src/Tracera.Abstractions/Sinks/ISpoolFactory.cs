namespace Tracera;

/// <summary>Makes the spools of the sinks that spill, see <see cref="SinkOverflow.Spill"/>.</summary>
public interface ISpoolFactory
{
    /// <summary>Makes the spool of one sink; it is opened and disposed by its caller.</summary>
    /// <param name="sink">The sink's registered name.</param>
    /// <returns>The spool.</returns>
    ISpool Create(string sink);
}
