namespace Tracera.Providers;

/// <summary>What a row of the price list says.</summary>
internal record struct CsFloatFields(string? Name, JsonInteger Cents, JsonInteger Quantity);
