using System.Globalization;
using Tracera.EndToEnd.Tests;

namespace Tracera.Ingestion.Tests.Spooling;

public sealed class SpoolKillTests : IDisposable
{
    private const int Kills = 3;
    private const int BatchesBeforeKill = 60;
    private readonly SpoolBench _bench = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _bench.Dispose();

    /// <summary>P1: what the spool has accepted outlives <c>kill -9</c> of its process.</summary>
    [Fact]
    public async Task Process_KilledWhileItSpools_LosesNothingThatWasAccepted()
    {
        if (SpoolChild.FolderOf is { } folder)
        {
            // The child is this test in a process of its own.
            await SpoolChild.WriteAsync(folder);
            Assert.Fail("Nobody has killed it.");
        }

        var last = 0;
        for (var kill = 1; kill <= Kills; kill++)
        {
            var accepted = await SpoolUntilKilledAsync(last + 1);
            await using var spool = await _bench.OpenAsync(capacity: 256 * 1024 * 1024);
            var batches = await SpoolBench.AllAsync(spool);

            Assert.InRange(batches.Count, accepted, int.MaxValue);
            for (var number = 1; number <= batches.Count; number++)
            {
                var (expected, found) = (SpoolBench.Batch(number, SpoolChild.TicksOf(number)), batches[number - 1]);
                Assert.Equal(expected.Id, found.Id);
                Assert.Equal(expected.Ticks.ToArray(), found.Ticks.ToArray());
            }

            Assert.Equal(0, spool.Status.DamagedTicks);
            last = batches.Count;
        }
    }

    private async Task<int> SpoolUntilKilledAsync(int first)
    {
        var environment = new Dictionary<string, string?> { [SpoolChild.Folder] = _bench.Folder, [SpoolChild.First] = $"{first}" };
        await using var child = ChildProcess.Start(
            AppContext.BaseDirectory, environment, "dotnet", typeof(SpoolKillTests).Assembly.Location, "-method", $"{typeof(SpoolKillTests).FullName}.{nameof(Process_KilledWhileItSpools_LosesNothingThatWasAccepted)}");
        await child.WaitForLineAsync(line => line == (first + BatchesBeforeKill).ToString(CultureInfo.InvariantCulture), Token);
        await child.KillAsync(Token);
        return child.Output.Split(Environment.NewLine).Max(line => int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0);
    }
}
