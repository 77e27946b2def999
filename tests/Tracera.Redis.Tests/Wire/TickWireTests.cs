namespace Tracera.Redis.Tests.Wire;

public sealed class TickWireTests
{
    public static TheoryData<PriceTick> Ticks { get; } =
    [
        Make(1, 1, 0m, null, 0, 0),
        Make(int.MaxValue, int.MaxValue, decimal.MaxValue, decimal.MinValue, (1L << 53) - 1, 1 - (1L << 53)),
        Make(42, 7, 14500.00m, 12.50m, 1_700_000_000_000_000, 1_700_000_000_000_001),
        Make(42, 7, -0.0000000000000000000000000001m, 79228162514264337593543950335m, -1, -2),
        Make(42, 7, 7922816251426433759354395033.0m, 0.00m, 5, 5),
    ];

    [Theory]
    [MemberData(nameof(Ticks))]
    public void Tick_WrittenAndRead_IsTheSameToTheLastZero(PriceTick tick)
    {
        var bytes = new byte[TickWire.MaxBytes];
        var length = TickWire.Write(bytes, tick);
        var reader = new WireReader(bytes.AsSpan(0, length));

        var read = TickWire.Read(ref reader);

        Assert.True(reader.IsAtEnd);
        Assert.Equal(tick, read);
        Assert.Equal(decimal.GetBits(tick.Price), decimal.GetBits(read.Price));
        Assert.InRange(length, TickWire.MinBytes, TickWire.MaxBytes);
    }

    [Theory]
    [MemberData(nameof(Ticks))]
    public void Tick_CutOffAnywhere_IsBroken(PriceTick tick)
    {
        var bytes = new byte[TickWire.MaxBytes];
        var length = TickWire.Write(bytes, tick);
        for (var cut = 0; cut < length; cut++)
        {
            var reader = new WireReader(bytes.AsSpan(0, cut));
            TickWire.Read(ref reader);
            Assert.False(reader.IsAtEnd);
        }
    }

    [Fact]
    public void Message_OfAnyBytes_IsReadOrRefusedWithoutAnError()
    {
        var random = new Random(5);
        for (var i = 0; i < 200_000; i++)
        {
            var bytes = new byte[random.Next(120)];
            random.NextBytes(bytes);
            "\u0001000000000000abcd\0\0\0\0\0\0\0\u0005\0\0\0"u8[..Math.Min(28, bytes.Length)].CopyTo(i % 2 == 0 ? bytes : new byte[28]);
            _ = UpdateMessage.Read(bytes, new ShardChannel(0, IsPrices: true));
            if (bytes.Length > 0)
            {
                bytes[0] = 2;
            }

            _ = UpdateMessage.Read(bytes, new ShardChannel(0, IsPrices: false));
        }
    }

    private static PriceTick Make(int item, int source, decimal price, decimal? volume, long observedAt, long receivedAt) =>
        new(new ItemId(item), new SourceId(source), price, volume, observedAt, receivedAt);
}
