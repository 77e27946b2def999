using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Tracera.Postgres.Tests;

/// <summary>
/// The backfill lane through a whole host, at a small scale: 50,000 rows of the past beside prices of now. <c>Tracera.Load backfill</c> does the same with 10,000,000 rows and measures it.
/// </summary>
public sealed class BackfillLaneTests
{
    private const int Items = 50;
    private const int Minutes = 1_000;
    private static readonly DateTimeOffset From = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly SourceDescriptor Past = new("past", Currency.Usd);
    private static readonly SourceDescriptor Present = new("present", Currency.Usd);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Backfill_BesidePricesOfNow_IsWhole_AndReachesNoLiveClient()
    {
        var connection = SharedServer.ConnectionString(StoreKind.Plain);
        var schema = $"t_{Guid.NewGuid():N}";
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddTracera().AddIngestion().AddInProcessUpdates()
            .AddPostgres(options => (options.ConnectionString, options.Schema) = (connection, schema))
            .AddProvider(new ProviderRegistration("past", static _ => new PastFeed()))
            .AddProvider(new ProviderRegistration("present", static _ => new PresentFeed()));
        using var host = builder.Build();
        await host.StartAsync(Token);
        var services = host.Services;
        var past = (await services.GetRequiredService<IItemCatalog>().GetOrAddSourceAsync("past", Past, Token)).Id;
        await using var subscription = await services.GetRequiredService<IUpdateSource>().SubscribeAsync(Token);
        using var listening = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var seen = new List<SourceId>();
        var listener = ListenAsync(subscription, seen, listening.Token);

        var record = await BackfillAsync(services);

        await listening.CancelAsync();
        await EndAsync(listener);
        Assert.Equal((RunState.Completed, (long)Items * Minutes), (record.State, record.Providers[0].Stored));
        Assert.DoesNotContain(past, seen);
        Assert.NotEmpty(seen);
        var item = (await services.GetRequiredService<IItemCatalog>().FindItemsAsync("past 7", Token))[0].Id;
        var bars = await services.GetRequiredService<IPriceHistory>().GetBarsAsync(
            new BarQuery(new SeriesKey(item, past), BarLevel.Hour1, From, From.AddMinutes(Minutes), new PageRequest(100)), Token);
        Assert.Equal(Minutes, bars.Items.Sum(bar => bar.Count));
        Assert.Empty(await services.GetRequiredService<IBackfillCursors>().ListAsync(Token));
        await host.StopAsync(Token);
    }

    private static async Task<RunRecord> BackfillAsync(IServiceProvider services)
    {
        var (control, runs) = (services.GetRequiredService<IIngestionControl>(), services.GetRequiredService<IRunLog>());
        RunId? run;
        while ((run = (await control.StartRunAsync(new RunRequest(["past"], From, From.AddMinutes(Minutes)), Token)).RunId) is null)
        {
            await Task.Yield();
        }

        // Each look is a question to the server.
        RunRecord? record;
        while ((record = await runs.FindAsync(run.Value, Token)) is null or { State: RunState.Running })
        {
            await Task.Yield();
        }

        while ((await services.GetRequiredService<IBackfillCursors>().ListAsync(Token)).Count > 0)
        {
            await Task.Yield();
        }

        return record;
    }

    private static async Task EndAsync(Task listener) => await listener.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static async Task ListenAsync(IUpdateSubscription subscription, List<SourceId> seen, CancellationToken cancellationToken)
    {
        await foreach (var batch in subscription.ReadAsync(cancellationToken))
        {
            foreach (var tick in batch.Prices.ToArray())
            {
                seen.Add(tick.Source);
            }
        }
    }

    private sealed class PastFeed : IPriceProvider, IBackfillProvider
    {
        public IAsyncEnumerable<RawPrice> FetchAsync(FetchContext context, CancellationToken cancellationToken) => AsyncEnumerable.Empty<RawPrice>();

        public async IAsyncEnumerable<RawPrice> BackfillAsync(
            FetchContext context, DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            for (var at = from; at < to; at = at.AddMinutes(1))
            {
                for (var i = 0; i < Items; i++)
                {
                    yield return new RawPrice("c", $"past {i}", 1 + i, Past, 1, at.AddMilliseconds(i));
                }
            }

            await Task.CompletedTask;
        }
    }

    private sealed class PresentFeed : IStreamingPriceProvider
    {
        public async IAsyncEnumerable<RawPrice> StreamAsync(FetchContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5), TimeProvider.System);
            for (var i = 0; await timer.WaitForNextTickAsync(cancellationToken); i++)
            {
                yield return new RawPrice("c", "present", 1 + (i % 100), Present);
            }
        }
    }
}
