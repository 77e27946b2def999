namespace Tracera.Testing;

/// <summary>A provider under its contract, and what its caller said of it.</summary>
internal sealed class ProviderSubject(Func<ProviderSubject, Venue, TimeProvider, ProviderSession> open)
{
    public string? Name { get; set; }

    public byte[] Body { get; set; } = [];

    public Dictionary<string, byte[]> Others { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Secrets { get; } = new(StringComparer.Ordinal);

    public ProviderSession Open(Venue venue, TimeProvider time) => open(this, venue, time);
}
