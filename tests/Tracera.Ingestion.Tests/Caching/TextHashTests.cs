namespace Tracera.Ingestion.Tests.Caching;

public sealed class TextHashTests
{
    [Fact]
    public void TextHash_EqualTexts_HaveOneHash()
    {
        for (var length = 0; length < 64; length++)
        {
            var text = new string('x', length);
            Assert.Equal(TextHash.Of(text), TextHash.Of(string.Concat(text.AsSpan(0, length / 2), text.AsSpan(length / 2))));
        }
    }

    [Fact]
    public void TextHash_OneCharacterOther_IsAnotherHash()
    {
        for (var length = 1; length < 64; length++)
        {
            var hash = TextHash.Of(new string('x', length));
            for (var at = 0; at < length; at++)
            {
                Assert.NotEqual(hash, TextHash.Of(new string('x', at) + 'y' + new string('x', length - at - 1)));
            }
        }
    }

    [Fact]
    public void TextHash_ManyNames_SpreadOverTheLowBits()
    {
        var buckets = new int[256];
        for (var i = 0; i < 25_600; i++)
        {
            buckets[TextHash.Of($"Sticker | Team {i} (Holo)") & 255]++;
        }

        Assert.All(buckets, count => Assert.InRange(count, 40, 190));
    }
}
