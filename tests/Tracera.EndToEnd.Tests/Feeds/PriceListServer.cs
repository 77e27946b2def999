using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Tracera.EndToEnd.Tests;

/// <summary>Stands in for CSFloat on a free loopback port: serves one price list a request, and tells how far it has come.</summary>
internal sealed class PriceListServer : IAsyncDisposable
{
    private const int RowsPerWrite = 250;

    private readonly WebApplication _app;
    private readonly Func<int, IReadOnlyList<PriceRow>> _listOf;
    private readonly Lock _gate = new();
    private readonly List<(int Cycle, int Rows, TaskCompletionSource Reached)> _waiters = [];
    private (int Cycle, int Rows) _sent;
    private int _cycle;

    private PriceListServer(WebApplication app, Func<int, IReadOnlyList<PriceRow>> listOf)
    {
        _app = app;
        _listOf = listOf;
    }

    /// <summary>The address to give as the provider's <c>BaseAddress</c>.</summary>
    public string BaseAddress => $"{_app.Urls.First()}/api/v1/";

    /// <summary>How many requests have come.</summary>
    public int Cycles => Volatile.Read(ref _cycle);

    /// <summary>Starts a server.</summary>
    /// <param name="listOf">The list of a cycle, counted from 1.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<PriceListServer> StartAsync(Func<int, IReadOnlyList<PriceRow>> listOf, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new PriceListServer(app, listOf);
        app.MapGet("/api/v1/listings/price-list", server.ServeAsync);
        await app.StartAsync(cancellationToken);
        return server;
    }

    /// <summary>Waits until so many rows of a cycle, or anything of a later one, have been sent.</summary>
    public Task WhenSentAsync(int cycle, int rows, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_sent.CompareTo((cycle, rows)) >= 0)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((cycle, rows, reached));
            return reached.Task.WaitAsync(cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        var cycle = Interlocked.Increment(ref _cycle);
        var rows = _listOf(cycle);
        context.Response.ContentType = "application/json; charset=utf-8";
        for (var at = 0; at < rows.Count; at += RowsPerWrite)
        {
            var part = string.Join(',', rows.Skip(at).Take(RowsPerWrite).Select(row => row.Json));
            await context.Response.WriteAsync((at == 0 ? "[" : ",") + part, Encoding.UTF8, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            Sent(cycle, Math.Min(at + RowsPerWrite, rows.Count));
        }

        await context.Response.WriteAsync("]", context.RequestAborted);
    }

    private void Sent(int cycle, int rows)
    {
        lock (_gate)
        {
            _sent = (cycle, rows);
            foreach (var waiter in _waiters.FindAll(waiter => _sent.CompareTo((waiter.Cycle, waiter.Rows)) >= 0))
            {
                _waiters.Remove(waiter);
                waiter.Reached.SetResult();
            }
        }
    }
}
