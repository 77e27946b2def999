using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Tracera.EndToEnd.Tests;

/// <summary>The reference host as a process of its own, on a free loopback port, with a data folder of the test's.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";

    private HostProcess(ChildProcess process, Uri address)
    {
        Process = process;
        Http = new HttpClient { BaseAddress = address };
    }

    public ChildProcess Process { get; }

    public HttpClient Http { get; }

    public Uri WebSocketAddress => new UriBuilder(Http.BaseAddress!) { Scheme = "ws", Path = "/api/v1/ws" }.Uri;

    /// <summary>Starts the host and waits until it serves.</summary>
    public static async Task<HostProcess> StartAsync(string dataFolder, CancellationToken cancellationToken, params IEnumerable<string> settings)
    {
        var process = Launch(dataFolder, settings);
        var line = await process.WaitForLineAsync(line => line.Contains(Listening, StringComparison.Ordinal), cancellationToken);
        return new HostProcess(process, new Uri(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..].Trim()));
    }

    /// <summary>Starts the host without waiting for anything.</summary>
    public static ChildProcess Launch(string dataFolder, params IEnumerable<string> settings) =>
        ChildProcess.Start(
            RepositoryPaths.HostFolder,
            new Dictionary<string, string?> { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["ASPNETCORE_URLS"] = null },
            "dotnet",
            [RepositoryPaths.HostAssembly, "--urls=http://127.0.0.1:0", $"--Tracera:DataFolder={dataFolder}", .. settings]);

    public async Task<JsonNode> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await Http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"GET {path} answered {response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
        return (await response.Content.ReadFromJsonAsync<JsonNode>(cancellationToken))!;
    }

    /// <summary>Reads every page of a list.</summary>
    public async Task<List<JsonNode>> GetAllAsync(string path, CancellationToken cancellationToken)
    {
        var all = new List<JsonNode>();
        var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        string? cursor = null;
        do
        {
            var page = await GetAsync($"{path}{separator}limit=1000{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}", cancellationToken);
            all.AddRange(page["items"]!.AsArray().Select(row => row!));
            cursor = (string?)page["next"];
        }
        while (cursor is not null);

        return all;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Process.DisposeAsync();
    }
}
