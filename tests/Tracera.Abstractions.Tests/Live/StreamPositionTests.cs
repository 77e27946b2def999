using System.Buffers.Text;
using System.Text;

namespace Tracera.Abstractions.Tests.Live;

public sealed class StreamPositionTests
{
    [Fact]
    public void ToString_OfAnyPosition_IsReadBack()
    {
        var random = new Random(22);
        for (var round = 0; round < 200; round++)
        {
            var position = StreamPosition.Empty;
            for (var i = random.Next(1, 17); i > 0; i--)
            {
                position = position.With(new StreamPoint(random.Next(16), random.NextInt64(long.MinValue, long.MaxValue), random.NextInt64()));
            }

            Assert.True(StreamPosition.TryParse(position.ToString(), out var read));
            Assert.Equal(position.Points, read.Points);
            Assert.Matches("^[A-Za-z0-9_-]+$", position.ToString());
        }
    }

    [Fact]
    public void ToString_OfAsManyShardsAsThereMayBe_IsReadBack()
    {
        var position = Enumerable.Range(0, 64).Aggregate(StreamPosition.Empty, (all, shard) => all.With(new StreamPoint(shard, long.MaxValue - shard, long.MaxValue)));

        Assert.True(StreamPosition.TryParse(position.ToString(), out var read));
        Assert.Equal(position.Points, read.Points);
    }

    [Fact]
    public void With_OfAKnownShard_ReplacesItsPlaceAlone()
    {
        var position = StreamPosition.Empty.With(new StreamPoint(2, 7, 1)).With(new StreamPoint(1, 8, 1)).With(new StreamPoint(2, 9, 5));

        Assert.Equal([new StreamPoint(1, 8, 1), new StreamPoint(2, 9, 5)], position.Points);
        Assert.Equal(new StreamPoint(2, 9, 5), position.Find(2));
        Assert.Null(position.Find(3));
    }

    [Fact]
    public void With_OfANegativePlace_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => StreamPosition.Empty.With(new StreamPoint(-1, 0, 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => StreamPosition.Empty.With(new StreamPoint(0, 0, -1)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("!")]
    [InlineData("   ")]
    public void TryParse_OfNoPosition_SaysNo(string? text) => Assert.False(StreamPosition.TryParse(text, out _));

    [Theory]
    [InlineData("0.1")]
    [InlineData("0.1.2.3")]
    [InlineData("-1.1.2")]
    [InlineData("0.x.2")]
    [InlineData("0.1.-2")]
    [InlineData("0.11111111111111111.2")]
    [InlineData("0.1.2,")]
    [InlineData("0.1.99999999999999999999")]
    public void TryParse_OfWrongContent_SaysNo(string content) =>
        Assert.False(StreamPosition.TryParse(Base64Url.EncodeToString(Encoding.ASCII.GetBytes(content)), out _));

    [Fact]
    public void TryParse_OfALongText_SaysNo() => Assert.False(StreamPosition.TryParse(new string('A', 5_000), out _));
}
