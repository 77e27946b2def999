namespace Tracera.Testing;

/// <summary>A provider under its contract, and what its caller said of it.</summary>
internal sealed class ProviderSubject(Func<ProviderSubject, Venue, TimeProvider, ProviderSession> open)
{
    public string? Name { get; set; }

    public byte[] Body { get; set; } = [];

    public Dictionary<string, byte[]> Others { get; } = new(StringComparer.Ordinal);

    /// <summary>Values that may be in no message, and what each is called in a finding, which does not show it.</summary>
    public Dictionary<string, string> Secrets { get; } = new(StringComparer.Ordinal);

    /// <summary>Headers and parameters whose values are no secrets, whatever their names.</summary>
    public HashSet<string> NotSecrets { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The range of the past that is asked for; null where a cycle is.</summary>
    public (DateTimeOffset From, DateTimeOffset To)? Range { get; set; }

    public ProviderSession Open(Venue venue, TimeProvider time) => open(this, venue, time);
}
