using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tracera.Ingestion;

/// <summary>The providers of this host, in order of name.</summary>
internal sealed class SlotTable(
    IServiceProvider services,
    IEnumerable<ProviderRegistration> registrations,
    IOptionsMonitor<ProviderOptions> providerOptions,
    IOptions<IngestionOptions> options,
    TimeProvider time,
    ILogger<SlotTable> logger)
{
    private readonly Lazy<ImmutableArray<ProviderSlot>> _slots = new(() =>
    [
        .. registrations.OrderBy(registration => registration.Name, StringComparer.Ordinal).Select(registration => new ProviderSlot(
            registration.Name, providerOptions.Get(registration.Name), options.Value.MinimumBackoff, time.GetUtcNow())),
    ]);

    private readonly OwnedParts _made = new(services, time);

    public ImmutableArray<ProviderSlot> Slots => _slots.Value;

    /// <summary>Makes the providers that are enabled. One that throws while it is made is told of, and the others run without it.</summary>
    /// <exception cref="OptionsValidationException">What a factory made is no provider, or it refuses its options.</exception>
    public void MakeProviders()
    {
        var faults = new List<string>();
        foreach (var slot in Slots.Where(slot => slot.Options.Enabled))
        {
            if (TryMake(slot) is not { } made)
            {
                continue;
            }

            _made.Add(made);
            (slot.Polled, slot.Streamed, slot.Backfilled) = (made as IPriceProvider, made as IStreamingPriceProvider, made as IBackfillProvider);
            if (slot.Polled is null && slot.Streamed is null)
            {
                faults.Add($"The provider '{slot.Name}' is a {made.GetType().Name}, which is neither an {nameof(IPriceProvider)} nor an {nameof(IStreamingPriceProvider)}.");
            }
        }

        if (faults.Count > 0)
        {
            throw new OptionsValidationException(nameof(ProviderRegistration), typeof(ProviderRegistration), faults);
        }
    }

    /// <summary>Disposes what <see cref="MakeProviders"/> made.</summary>
    public Task DisposeProvidersAsync(CancellationToken cancellationToken) => _made.DisposeAsync(cancellationToken);

    private object? TryMake(ProviderSlot slot)
    {
        try
        {
            return registrations.First(registration => registration.Name == slot.Name).Factory(services) ?? throw new InvalidOperationException("Its factory made nothing.");
        }
        catch (Exception error) when (error is not OptionsValidationException)
        {
            SchedulerLog.NotMade(logger, error, slot.Name);
            slot.Unmade($"It could not be made: {error.GetType().Name}: {error.Message}");
            return null;
        }
    }
}
