using System.Buffers.Binary;
using System.Numerics;

namespace Tracera.Postgres.Tests;

public sealed class SmallMomentsTests
{
    [Fact]
    public void TryOf_RandomTicks_GivesWhatTheSumsGive_OrDeclines()
    {
        var random = new Random(11);
        var taken = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var (scale, start) = (random.Next(10), random.NextInt64(0, 604_800_000_000));
            var sums = default(BarSums);
            var open = 0m;
            for (var i = random.Next(2, 40); i > 0; i--)
            {
                var price = new decimal(random.Next(1, int.MaxValue), random.Next(4) == 0 ? random.Next(1_000) : 0, 0, false, (byte)scale);
                open = sums.Count == 0 ? price : open;
                sums += BarSums.Of(price, start + random.NextInt64(0, 21_600_000_000));
            }

            var isTaken = SmallMoments.TryOf(
                sums.Count,
                new WireNumeric(Wire(sums.Price, scale)),
                new WireNumeric(Wire(sums.PriceSquared, 2 * scale)),
                ((Int128)sums.Time, (Int128)sums.TimeSquared, (Int128)sums.TimePrice),
                -start,
                open,
                out var moments);
            taken += isTaken ? 1 : 0;
            Assert.True(!isTaken || moments == sums.Shift(-start).ToMoments(open), $"{moments}; expected: {sums.Shift(-start).ToMoments(open)}");
        }

        Assert.InRange(taken, 10_000, 20_000);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("0.0001")]
    [InlineData("1.50")]
    [InlineData("10000")]
    [InlineData("123456789.000000001")]
    [InlineData("79228162514264337593543950335")]
    [InlineData("0.0000000000000000000000000001")]
    public void ToDecimal_OfWhatTheWriterWrites_IsTheValue(string text)
    {
        var value = decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        Span<byte> bytes = stackalloc byte[NumericFormat.MaxBytes];
        var length = NumericFormat.Write(bytes, value);
        var read = new WireNumeric(bytes[..length]).ToDecimal();
        Assert.Equal((value, value.Scale), (read, read.Scale));
    }

    private static byte[] Wire(BigInteger units, int scale)
    {
        var digits = new List<short>();
        var padding = -scale & 3;
        for (var rest = units * BigInteger.Pow(10, padding); rest > 0; rest /= 10_000)
        {
            digits.Insert(0, (short)(rest % 10_000));
        }

        var bytes = new byte[8 + (2 * digits.Count)];
        BinaryPrimitives.WriteInt16BigEndian(bytes, (short)digits.Count);
        BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(2), (short)(digits.Count - ((scale + padding) / 4) - 1));
        BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(6), (short)scale);
        for (var i = 0; i < digits.Count; i++)
        {
            BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(8 + (2 * i)), digits[i]);
        }

        return bytes;
    }
}
