using Microsoft.Extensions.Hosting;
using Tracera;

namespace CustomProvider;

/// <summary>Writes every price that comes.</summary>
internal sealed class PricePrinter(IPrices prices) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var price in prices.WatchAsync(cancellationToken: stoppingToken))
        {
            Console.WriteLine($"{price.ObservedAt:HH:mm:ss} {price.Name}: {price.Price} {price.Currency}");
        }
    }
}
