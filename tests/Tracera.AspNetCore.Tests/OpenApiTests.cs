using System.Text.Json.Nodes;

namespace Tracera.AspNetCore.Tests;

public sealed class OpenApiTests
{
    private const string KeptAt = "docs/openapi/v1.json";

    private static string? FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Tracera.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName;
    }

    private static async Task<JsonNode> ReadAsync()
    {
        await using var host = await new ApiHost().StartAsync();
        return await host.ReadJsonAsync("/openapi/v1.json");
    }

    [Fact]
    public async Task Document_AsServed_IsTheOneThatIsKept()
    {
        await using var host = await new ApiHost().StartAsync();
        var served = (await host.ReadAsync("/openapi/v1.json")).ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (FindRoot() is not { } root)
        {
            Assert.Skip("The tests do not run inside the repository.");
            return;
        }

        var path = Path.Combine(root, KeptAt);
        if (Environment.GetEnvironmentVariable("TRACERA_APPROVE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, served, TestContext.Current.CancellationToken);
        }

        Assert.True(File.Exists(path), $"{KeptAt} is missing; TRACERA_APPROVE=1 writes it.");
        Assert.Equal(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), served);
    }

    [Fact]
    public async Task Operations_InTheDocument_AreDescribedWhole()
    {
        var document = await ReadAsync();

        foreach (var (path, methods) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in methods!.AsObject())
            {
                var name = $"{method} {path}";
                Assert.True(operation!["operationId"] is not null && operation["summary"] is not null && operation["description"] is not null, name);
                Assert.All(operation["parameters"]?.AsArray() ?? [], parameter => Assert.True(parameter!["description"] is not null, $"{name} {parameter["name"]}"));
                Assert.All(operation["responses"]!.AsObject(), response => Assert.True(response.Key == "304" || response.Value!["content"] is not null, $"{name} {response.Key}"));
            }
        }
    }

    [Fact]
    public async Task Schemas_InTheDocument_DescribeEveryProperty()
    {
        var document = await ReadAsync();

        foreach (var (name, schema) in document["components"]!["schemas"]!.AsObject())
        {
            foreach (var (property, value) in schema!["properties"]?.AsObject() ?? [])
            {
                Assert.True((value!["description"] ?? value["oneOf"]?[1]?["description"]) is not null, $"{name}.{property} has no description.");
            }
        }
    }

    [Fact]
    public async Task Document_OfAnAppWithEndpointsOfItsOwn_HoldsTraceraOnly()
    {
        await using var host = await new ApiHost
        {
            Pipeline = app => Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions.MapGet(app, "/mine", () => "mine"),
        }.StartAsync();

        var document = await host.ReadJsonAsync("/openapi/v1.json");

        Assert.Equal(15, document["paths"]!.AsObject().Count);
        Assert.Null(document["paths"]!["/mine"]);
    }
}
