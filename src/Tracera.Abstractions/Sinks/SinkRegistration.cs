namespace Tracera;

/// <summary>A sink as it was registered: its name, how it is made and how it is called.</summary>
/// <param name="Name">Unique within the host; names the queue, the meters and the configuration section.</param>
/// <param name="Factory">Makes the sink; called once, at start.</param>
/// <param name="IsDurable">Whether a tick that this sink wrote counts as accepted. Exactly one sink of a host is durable.</param>
/// <param name="Configure">Sets the defaults of this sink; configuration overrides them.</param>
public sealed record SinkRegistration(
    string Name,
    Func<IServiceProvider, IPriceSink> Factory,
    bool IsDurable = false,
    Action<SinkOptions>? Configure = null);
