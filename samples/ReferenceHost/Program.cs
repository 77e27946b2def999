using ReferenceHost;
using Tracera.AspNetCore;
using Tracera.Redis;

return await HostRunner.RunAsync(() =>
{
    var builder = WebApplication.CreateBuilder(args);

    var tracera = builder.Services.AddTracera().AddSqlite();

    // With ConnectionStrings:Redis, every host of that Redis shares latest prices, figures and live updates.
    _ = builder.Configuration.GetConnectionString(RedisOptions.ConnectionStringName) is { Length: > 0 }
        ? tracera.AddRedis()
        : tracera.AddInProcessUpdates();

    tracera
        .AddIngestion()
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
});
