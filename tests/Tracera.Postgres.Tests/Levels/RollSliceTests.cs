using Npgsql;
using Tracera.Testing;

namespace Tracera.Postgres.Tests;

public sealed class RollSliceTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly RollSlice _slice;

    public RollSliceTests() => _slice = new RollSlice(_time);

    [Fact]
    public async Task Run_QuickAndFull_Doubles()
    {
        var size = _slice.Size;
        Assert.True((await RunAsync(size, 10)).IsFull);
        Assert.Equal(2 * size, _slice.Size);
    }

    [Fact]
    public async Task Run_QuickBecauseLittleWaited_StaysAsItIs()
    {
        var size = _slice.Size;
        Assert.False((await RunAsync(size - 1, 10)).IsFull);
        Assert.Equal(size, _slice.Size);
    }

    [Fact]
    public async Task Run_Slow_Halves()
    {
        var size = _slice.Size;
        await RunAsync(size, 900);
        Assert.Equal(size / 2, _slice.Size);
    }

    [Fact]
    public async Task Run_TooMuchForItsTime_HalvesDownToOneUntilItEnds()
    {
        while (_slice.Size > RollSlice.Least)
        {
            var size = _slice.Size;
            await Assert.ThrowsAsync<NpgsqlException>(() => _slice.RunAsync(_ => throw new NpgsqlException("too long", new TimeoutException())));
            Assert.Equal(size / 2, _slice.Size);
        }

        Assert.True((await RunAsync(1, 10)).IsFull);
    }

    private Task<(int Rolled, bool IsFull)> RunAsync(int rolled, int milliseconds) => _slice.RunAsync(_ =>
    {
        _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        return Task.FromResult(rolled);
    });
}
