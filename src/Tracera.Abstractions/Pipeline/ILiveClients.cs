namespace Tracera;

/// <summary>What a hub says of its clients.</summary>
/// <remarks>Thread-safe.</remarks>
public interface ILiveClients
{
    /// <summary>How many clients are connected now.</summary>
    int Connected { get; }
}
