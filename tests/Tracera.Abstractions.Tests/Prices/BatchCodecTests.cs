using System.Buffers;
using System.Buffers.Binary;

namespace Tracera.Abstractions.Tests.Prices;

public sealed class BatchCodecTests
{
    private static readonly Guid Id = Guid.Parse("00112233-4455-6677-8899-aabbccddeeff");
    private static readonly RunId Run = new(Guid.Parse("01890a5d-ac96-774b-bcce-b302099a8057"));

    private static readonly PriceTick[] Golden =
    [
        new(new ItemId(5), new SourceId(2), 12.50m, 3m, 1_767_225_600_000_000, 1_767_225_600_250_000),
        new(new ItemId(4), new SourceId(2), -0.0001m, null, 1_767_225_600_000_000, 1_767_225_600_250_000),
    ];

    [Fact]
    public void Encode_OfVersion1_HasTheseBytes()
    {
        var bytes = Encode(new PriceBatch(Id, Run, "csfloat", Golden, BatchLane.Backfill));

        Assert.Equal(
            "01" + "01" + "33221100554477668899AABBCCDDEEFF" + "5D0A890196AC4B77BCCEB302099A8057" + "07637366" + "6C6F6174" + "02"
            + "0A" + "04" + "808082E288D2A306" + "A0C2A0E288D2A306" + "42E209" + "0003"
            + "01" + "00" + "00" + "00" + "2401",
            Convert.ToHexString(bytes[..^4]));
        Assert.Equal("55D2A004", Convert.ToHexString(bytes[^4..]));
    }

    [Fact]
    public void Append_OfTheCheckText_IsThePublishedValue() =>
        Assert.Equal(0xE3069283u, Crc32C.Finish(Crc32C.Append(Crc32C.Start, "123456789"u8)));

    [Fact]
    public void Decode_OfAnyBatch_GivesItBackWhole()
    {
        var random = new Random(23);
        for (var round = 0; round < 300; round++)
        {
            var batch = RandomBatch(random);

            var read = BatchCodec.Decode(Encode(batch));

            Assert.Equal((batch.Id, batch.RunId, batch.Provider, batch.Lane), (read.Id, read.RunId, read.Provider, read.Lane));
            Assert.Equal(batch.Ticks.ToArray().Select(Exact), read.Ticks.ToArray().Select(Exact));
        }
    }

    [Fact]
    public void Decode_WithAnyByteChanged_Refuses()
    {
        var bytes = Encode(RandomBatch(new Random(24)));
        for (var at = 0; at < bytes.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var damaged = bytes.ToArray();
                damaged[at] ^= (byte)(1 << bit);
                Assert.Throws<FormatException>(() => BatchCodec.Decode(damaged));
            }
        }
    }

    [Fact]
    public void Decode_CutOffAnywhere_Refuses()
    {
        var bytes = Encode(RandomBatch(new Random(25)));
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<FormatException>(() => BatchCodec.Decode(bytes.AsSpan(0, length)));
        }

        Assert.Throws<FormatException>(() => BatchCodec.Decode([.. bytes, 0]));
    }

    [Fact]
    public void Decode_OfAnyContentWithARightChecksum_NeverThrowsAnythingElse()
    {
        var random = new Random(26);
        var original = Encode(RandomBatch(random));
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = original.AsSpan(0, random.Next(5, original.Length)).ToArray();
            bytes[random.Next(1, bytes.Length)] = (byte)random.Next(256);
            bytes[random.Next(1, bytes.Length)] = (byte)random.Next(256);
            Sign(bytes);
            _ = Record.Exception(() => BatchCodec.Decode(bytes)) is null or FormatException ? 0 : throw new InvalidOperationException("Another error.");
        }
    }

    [Fact]
    public void Decode_OfAHugeCount_AllocatesNothingForIt()
    {
        byte[] bytes = [1, 0, .. new byte[32], 1, (byte)'x', 0xFF, 0xFF, 0xFF, 0xFF, 0x07, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        Sign(bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var error = Record.Exception(() => BatchCodec.Decode(bytes));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        Assert.Contains("2147483647", Assert.IsType<FormatException>(error).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_OfAnotherVersion_NamesBoth()
    {
        var bytes = Encode(RandomBatch(new Random(27)));
        bytes[0] = 9;

        var error = Assert.Throws<FormatException>(() => BatchCodec.Decode(bytes));

        Assert.Contains("version 9", error.Message, StringComparison.Ordinal);
        Assert.Contains("version 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_OfNoBatch_Refuses() =>
        Assert.Contains("no provider", Assert.Throws<ArgumentException>("batch", () => Encode(default)).Message, StringComparison.Ordinal);

    [Fact]
    public void Encode_OfALongProviderName_Refuses() =>
        Assert.Throws<ArgumentException>(() => Encode(new PriceBatch(Id, Run, new string('x', 257), Golden)));

    private static byte[] Encode(PriceBatch batch)
    {
        var output = new ArrayBufferWriter<byte>(1);
        BatchCodec.Encode(batch, output);
        return output.WrittenSpan.ToArray();
    }

    private static void Sign(byte[] bytes) =>
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(^4), Crc32C.Finish(Crc32C.Append(Crc32C.Start, bytes.AsSpan(0, bytes.Length - 4))));

    private static PriceBatch RandomBatch(Random random)
    {
        var ticks = new PriceTick[random.Next(1, 60)];
        foreach (ref var tick in ticks.AsSpan())
        {
            tick = new PriceTick(
                new ItemId(random.Next(int.MinValue, int.MaxValue)),
                new SourceId(random.Next(1, 5)),
                RandomDecimal(random),
                random.Next(2) == 0 ? null : RandomDecimal(random),
                random.NextInt64(long.MinValue, long.MaxValue),
                random.NextInt64());
        }

        return new PriceBatch(Guid.NewGuid(), new RunId(Guid.NewGuid()), random.Next(2) == 0 ? "steam" : "★ größer", ticks, (BatchLane)random.Next(2));
    }

    private static decimal RandomDecimal(Random random) => random.Next(5) switch
    {
        0 => decimal.MaxValue,
        1 => new decimal(0, 0, 0, true, 28),
        2 => 0m,
        _ => new decimal(random.Next(), random.Next(int.MinValue, int.MaxValue) * random.Next(2), 0, random.Next(2) == 0, (byte)random.Next(29)),
    };

    // Text shows scale and sign, which equality does not.
    private static string Exact(PriceTick tick) =>
        $"{tick.Item} {tick.Source} {string.Join(',', decimal.GetBits(tick.Price))} {(tick.Volume is { } volume ? string.Join(',', decimal.GetBits(volume)) : "-")} {tick.ObservedAtMicroseconds} {tick.ReceivedAtMicroseconds}";
}
