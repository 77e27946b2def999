using System.Data.Common;
using EmbedInExisting;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using StackExchange.Redis;
using Tracera;
using Tracera.AspNetCore;

var builder = WebApplication.CreateBuilder(args);
var shop = builder.Configuration.GetSection("Shop").Get<ShopOptions>() ?? new ShopOptions();
var folder = Directory.CreateDirectory(shop.DataFolder);

await using var database = SqliteFactory.Instance.CreateDataSource($"Data Source={Path.Combine(folder.FullName, "shop.db")}");
builder.Services.AddSingleton(database);
builder.Services.AddSingleton<IConnectionMultiplexer>(_ => ConnectionMultiplexer.Connect(shop.Redis));
builder.Services.AddOptions<ShopOptions>().BindConfiguration("Shop");
builder.Services.AddSingleton<OrderBook>().AddSingleton<Visits>().AddSingleton<ShopMeters>();

builder.Services.AddDataProtection().PersistKeysToFileSystem(folder.CreateSubdirectory("keys"));
builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie => cookie.LoginPath = "/sign-in");
builder.Services.AddAuthorization();
builder.Services.AddHealthChecks().AddCheck<DatabaseCheck>("shop", HealthStatus.Unhealthy);
builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.PropertyNamingPolicy = null);

builder.Services.AddTracera().AddSqlite(store => store.DataFolder = Path.Combine(shop.DataFolder, "tracera"))
    .AddInProcessUpdates()
    .AddIngestion()
    .AddVolatility()
    .AddRealtime()
    .AddApi()
    .AddSimulated();
builder.Services.AddAuthorizationBuilder().AddPolicy(TraceraPolicies.Operate, policy => policy.RequireRole("admin"));

var metrics = new MetricsPage();
builder.Services.AddSingleton(metrics);
using var telemetry = Sdk.CreateMeterProviderBuilder()
    .AddMeter(ShopMeters.MeterName)
    .AddMeter(TraceraTelemetry.MeterName)
    .AddReader(metrics.Reader)
    .Build();

var app = builder.Build();
await app.Services.GetRequiredService<DbDataSource>().MigrateAsync();

app.UseAuthentication();
app.UseAuthorization();
app.MapHealthChecks("/healthz", new HealthCheckOptions { ResponseWriter = HealthPage.WriteAsync });
app.MapShop();
app.MapTraceraApi();
app.MapTraceraHub();

await app.RunAsync();
