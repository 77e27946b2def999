using ReferenceHost;
using Tracera.AspNetCore;
using Tracera.Postgres;
using Tracera.Redis;

return await HostRunner.RunAsync(() =>
{
    var builder = WebApplication.CreateBuilder(args);

    var tracera = builder.Services.AddTracera();

    // With ConnectionStrings:Postgres the store is that database, shared by every host; without it, a file.
    _ = IsConfigured(PostgresOptions.ConnectionStringName) ? tracera.AddPostgres() : tracera.AddSqlite();

    // With ConnectionStrings:Redis, every host of that Redis shares latest prices, figures and live updates.
    _ = IsConfigured(RedisOptions.ConnectionStringName) ? tracera.AddRedis() : tracera.AddInProcessUpdates();

    tracera
        .AddIngestion()
        .AddFileSpool()
        .AddVolatility()
        .AddRealtime()
        .AddApi()
        .AddSimulated()
        .AddCsFloat();

    // Until there is sign-in, only a developer's own machine may operate.
    builder.Services.AddAuthorizationBuilder()
        .AddPolicy(TraceraPolicies.Operate, policy => policy.RequireAssertion(_ => builder.Environment.IsDevelopment()));
    builder.Services.AddProblemDetails();

    var app = builder.Build();
    app.UseExceptionHandler();
    app.UseStatusCodePages();
    app.UseWebSockets();
    app.UseDefaultFiles();
    app.UseStaticFiles();
    app.MapTraceraApi();
    app.MapTraceraHub();
    app.MapTraceraHealth();
    app.MapTraceraOpenApi();
    return app;

    bool IsConfigured(string connection) => builder.Configuration.GetConnectionString(connection) is { Length: > 0 };
});
