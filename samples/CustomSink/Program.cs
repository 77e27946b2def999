using CustomSink;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(args);

builder.Services.AddOptions<PriceAlertOptions>().BindConfiguration("PriceAlerts");
builder.Services.AddTracera()
    .AddIngestion()
    .AddSqlite()
    .AddSimulated(configure: market => (market.ItemCount, market.Volatility) = (20, 0.5))
    .AddSink<PriceAlertSink>("alerts");

await builder.Build().RunAsync();
