using Microsoft.Extensions.DependencyInjection;

namespace Tracera.Ingestion.Tests.Lifetimes;

public sealed class DisposalTests
{
    [Fact]
    public async Task PlugIns_ThatRegistrationsMade_AreDisposedOnceAndTheContainersOnesByTheContainer()
    {
        var (own, async, shared) = (new Counting(), new CountingAsync(), new ContainersOwn());
        var rig = new Rig();
        rig.Services.AddSingleton(_ => shared);
        rig.Tracera
            .AddProvider(new ProviderRegistration("own", _ => own, null))
            .AddProvider(new ProviderRegistration("own2", _ => own, null))
            .AddProvider(new ProviderRegistration("async", _ => async, null))
            .AddProvider(new ProviderRegistration("shared", services => services.GetRequiredService<ContainersOwn>(), null));
        await rig.StartAsync();

        await rig.StopAsync();
        Assert.Equal((1, 1, 0), (own.Disposals, async.Disposals, shared.Disposals));
        await rig.DisposeAsync();

        Assert.Equal((1, 1, 1), (own.Disposals, async.Disposals, shared.Disposals));
    }

    private abstract class Silent : IPriceProvider
    {
        public int Disposals { get; protected set; }

        public IAsyncEnumerable<RawPrice> FetchAsync(FetchContext context, CancellationToken cancellationToken) =>
            Array.Empty<RawPrice>().ToAsyncEnumerable();
    }

    private sealed class Counting : Silent, IDisposable
    {
        public void Dispose() => Disposals++;
    }

    private sealed class CountingAsync : Silent, IAsyncDisposable, IDisposable
    {
        public void Dispose() => Disposals += 100;

        public ValueTask DisposeAsync()
        {
            Disposals++;
            return default;
        }
    }

    private sealed class ContainersOwn : Silent, IDisposable
    {
        public void Dispose() => Disposals++;
    }
}
