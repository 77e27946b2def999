namespace Tracera;

/// <summary>A provider as it was registered: its name, how it is made and how it is polled.</summary>
/// <param name="Name">Unique within the host; names the configuration section, the meters and the rows of a run.</param>
/// <param name="Factory">Makes the provider; called once, before its first cycle. The object is an <see cref="IPriceProvider"/>, an <see cref="IStreamingPriceProvider"/>, or both.</param>
/// <param name="Configure">Sets the defaults of this provider; configuration overrides them.</param>
public sealed record ProviderRegistration(
    string Name,
    Func<IServiceProvider, object> Factory,
    Action<ProviderOptions>? Configure = null);
