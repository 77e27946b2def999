namespace CustomProvider;

/// <summary>What Acme needs beyond an address; configured under <c>Tracera:Providers:acme</c>.</summary>
public sealed class AcmeOptions
{
    /// <summary>The market that is asked for. Default: <c>spot</c>.</summary>
    public string Market { get; set; } = "spot";
}
