using ReferenceHost;
using Tracera.AspNetCore;

return await HostRunner.RunAsync(() =>
{
    var builder = WebApplication.CreateBuilder(args);

    builder.Services.AddTracera()
        .AddSqlite()
        .AddInProcessUpdates()
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
