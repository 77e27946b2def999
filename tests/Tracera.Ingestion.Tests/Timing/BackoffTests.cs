namespace Tracera.Ingestion.Tests.Timing;

public sealed class BackoffTests
{
    [Theory]
    [InlineData(1, 0, 500)]
    [InlineData(1, 1, 1000)]
    [InlineData(3, 1, 4000)]
    [InlineData(9, 1, 30_000)]
    [InlineData(9, 0, 15_000)]
    [InlineData(int.MaxValue, 0.5, 22_500)]
    public void After_Failures_StaysBetweenHalfAndTheWholeCeiling(int failures, double sample, double milliseconds) =>
        Assert.Equal(
            TimeSpan.FromMilliseconds(milliseconds),
            Backoff.After(failures, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30), sample));
}
