using CustomMetric;

var builder = WebApplication.CreateBuilder(args);

builder.Services.AddTracera()
    .AddIngestion()
    .AddInProcessUpdates()
    .AddSqlite()
    .AddVolatility()
    .AddMetric<RangeMetric>()
    .AddRealtime()
    .AddApi()
    .AddSimulated();

var app = builder.Build();
app.MapTraceraApi();
app.MapTraceraHub();
app.MapGet("/", () => Results.Redirect("/api/v1/items/1/volatility?window=1h"));

app.Run();
