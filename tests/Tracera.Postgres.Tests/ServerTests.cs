using Tracera.TestServers;

namespace Tracera.Postgres.Tests;

public sealed class ServerTests
{
    [Fact]
    public void FreePort_Asked_IsAPort() => Assert.InRange(FreePort.Next(), 1_024, 65_535);
}
