using CustomProvider;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tracera.Http;

var builder = Host.CreateApplicationBuilder(args);

builder.Services.AddTracera()
    .AddIngestion()
    .AddInProcessUpdates()
    .AddSqlite()
    .AddAcme();

// Acme does not exist. A provider of a venue that does needs no such line.
builder.Services.AddHttpClient(HttpProviderOptions.ClientName("acme")).ConfigurePrimaryHttpMessageHandler(() => new AcmeVenue());
builder.Services.AddHostedService<PricePrinter>();

await builder.Build().RunAsync();
