using System.Diagnostics.Metrics;

namespace EmbedInExisting;

/// <summary>The shop's own instruments.</summary>
internal sealed class ShopMeters(IMeterFactory meters)
{
    public const string MeterName = "Shop";

    private readonly Counter<long> _orders = meters.Create(MeterName).CreateCounter<long>("shop.orders");

    public void Ordered() => _orders.Add(1);
}
