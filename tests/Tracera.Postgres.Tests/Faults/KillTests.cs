using Tracera.TestServers;

namespace Tracera.Postgres.Tests;

/// <summary>P1, P2 and P3 while the server is killed under load.</summary>
public sealed class KillTests
{
    private const int Kills = 20;
    private static readonly ProxyPoint[] Points = Enum.GetValues<ProxyPoint>();
    private static readonly TimeSpan WriteTimeout = TimeSpan.FromSeconds(10);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 300_000)]
    public async Task Pipeline_ServerKilledTwentyTimesInsideAndAfterCopyAndCommit_LosesNothingAndStoresNothingTwice()
    {
        await using var rig = await FaultRig.StartAsync(WriteTimeout);
        for (var kill = 0; kill < Kills; kill++)
        {
            var point = Points[kill % Points.Length];
            var link = await rig.Proxy.HoldAtAsync(point, Token);
            if (point == ProxyPoint.AfterCommit)
            {
                await link.Answered.WaitAsync(Token);
            }

            await KillAsync(rig, link, wholeServer: kill / Points.Length % 2 == 0);
            link.Cut();
        }

        // Once more through, so that the last kill is over before the pipeline drains.
        (await rig.Proxy.HoldAtAsync(ProxyPoint.AfterCommit, Token)).Cut();
        await rig.FinishAsync();
    }

    private static async Task KillAsync(FaultRig rig, ProxyLink link, bool wholeServer)
    {
        if (wholeServer)
        {
            await rig.Cluster.KillAsync();
            await rig.Cluster.StartAsync(Token);
        }
        else
        {
            await PostgresCluster.SignalAsync(await rig.BackendAsync(link), "KILL");
        }
    }
}
