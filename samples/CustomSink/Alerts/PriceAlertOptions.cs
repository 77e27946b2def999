namespace CustomSink;

/// <summary>Which prices are watched; configured under <c>PriceAlerts</c>.</summary>
public sealed class PriceAlertOptions
{
    /// <summary>A threshold for each watched item by its name, in the currency of whatever source prices it. Default: none.</summary>
    public Dictionary<string, decimal> Thresholds { get; } = [];
}
