using Microsoft.Extensions.Logging.Abstractions;
using Tracera.Testing;

namespace Tracera.Ingestion.Tests.Leasing;

public sealed class LeaseKeeperTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Release_OfARenewedLease_GivesBackWhatItIsNow()
    {
        var (clock, leases) = (new ManualTimeProvider(), new NumberedLeases());
        using var stopping = new CancellationTokenSource();
        var keeper = new LeaseKeeper(
            leases,
            Microsoft.Extensions.Options.Options.Create(new TraceraOptions { InstanceName = "me" }),
            Microsoft.Extensions.Options.Options.Create(new IngestionOptions()),
            clock,
            NullLogger<LeaseKeeper>.Instance);
        Assert.Equal(LeaseState.Held, await keeper.EnsureAsync("p", Token));
        var renewing = keeper.RenewAsync(stopping.Token);

        // Once it is asked for the third time, the second answer has been taken in.
        clock.Advance(IngestionOptions.DefaultHeartbeatInterval);
        await Gate.WhenAsync(() => leases.Given == 2);
        clock.Advance(IngestionOptions.DefaultHeartbeatInterval);
        await Gate.WhenAsync(() => leases.Given == 3);
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => renewing);
        await keeper.ReleaseAsync(Token);

        Assert.InRange(leases.Released!.Token, 2, 3);
        Assert.False(keeper.IsHeld("p"));
    }

    private sealed class NumberedLeases : IProviderLeases
    {
        private int _given;

        public int Given => Volatile.Read(ref _given);

        public ProviderLease? Released { get; private set; }

        public ValueTask<ProviderLease?> TryAcquireAsync(
            string provider, string owner, DateTimeOffset now, TimeSpan duration, CancellationToken cancellationToken) =>
            new(new ProviderLease(provider, owner, Interlocked.Increment(ref _given), now + duration));

        public ValueTask ReleaseAsync(ProviderLease lease, CancellationToken cancellationToken)
        {
            Released = lease;
            return default;
        }
    }
}
