using System.Net.Http.Json;

namespace CustomProvider;

/// <summary>Stands in for Acme's servers, which do not exist: prices that move at every request, and one thing that has none.</summary>
internal sealed class AcmeVenue : HttpMessageHandler
{
    private static readonly (string Symbol, decimal? Ask)[] Goods =
        [("Brass Lantern", 12.40m), ("Tin Kettle", 8.15m), ("Copper Whistle", 3.60m), ("Iron Anvil", 74.00m), ("Sold Out", null)];

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var time = DateTimeOffset.UtcNow;
        var quotes = Goods.Select(good => new { good.Symbol, Ask = Move(good.Ask), Stock = Random.Shared.Next(1, 50), Time = time });
        return Task.FromResult(new HttpResponseMessage { Content = JsonContent.Create(quotes) });
    }

    private static decimal? Move(decimal? ask) => ask is null ? null : Math.Round(ask.Value * (0.95m + (Random.Shared.Next(100) / 1_000m)), 2);
}
