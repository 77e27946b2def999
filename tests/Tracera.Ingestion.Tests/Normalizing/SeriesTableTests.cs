using System.Globalization;

namespace Tracera.Ingestion.Tests.Normalizing;

public sealed class SeriesTableTests
{
    private static readonly string[] Endings = ["", " ★", " ™ Ünïcödé", new('x', 60), "\0", " (Field-Tested)"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Table_AnyRows_AgreesWithADictionary(int seed)
    {
        var random = new Random(seed);
        var table = new SeriesTable(1_000_000);
        var model = new Dictionary<(string, string, int), int>();
        for (var step = 0; step < 40_000; step++)
        {
            var key = random.Next(3_000);
            var (category, name, source) = (Copy($"category {key % 3}"), NameOf(key / 3), new SourceId(1 + (key % 2)));
            var isKnown = model.TryGetValue((category, name, source.Value), out var place);

            Assert.Equal(isKnown ? place : -1, table.Find(category, name, source));
            if (!isKnown && step % 3 == 0)
            {
                model.Add((category, name, source.Value), table.Add(category, name, source, new ItemId(step + 1)));
            }

            Assert.Equal(model.Count, table.Count);
        }
    }

    [Fact]
    public void Table_SameOrderAgain_FindsEachSeriesInItsPlace()
    {
        var table = new SeriesTable(1_000_000);
        int[] places = [.. Enumerable.Range(0, 5_000).Select(key => table.Add("c", NameOf(key), new SourceId(1), new ItemId(key + 1)))];

        for (var pass = 0; pass < 3; pass++)
        {
            for (var key = 0; key < places.Length; key++)
            {
                Assert.Equal(places[key], table.Find("c", NameOf(key), new SourceId(1)));
                Assert.Equal(key + 1, table[places[key]].Item.Value);
            }
        }
    }

    [Fact]
    public void Table_TwoNamesOfOneItem_ShareTheSeries()
    {
        var table = new SeriesTable(100);
        var first = table.Add("c", "a", new SourceId(1), new ItemId(7));
        var elsewhere = table.Add("c", "a", new SourceId(2), new ItemId(7));
        var second = table.Add("c", "b", new SourceId(1), new ItemId(7));

        Assert.Equal([first, elsewhere, first], new[] { first, elsewhere, second }.Select(place => table[place].Place));
    }

    [Fact]
    public void Table_Full_BeginsAnewWithinItsCapacity()
    {
        const int capacity = 100;
        var table = new SeriesTable(capacity);
        for (var key = 0; key < 10 * capacity; key++)
        {
            var place = table.Add("c", NameOf(key), new SourceId(1), new ItemId(key + 1));

            Assert.InRange(table.Count, 1, capacity);
            Assert.Equal(place, table.Find("c", NameOf(key), new SourceId(1)));
            Assert.Equal(place, table[place].Place);
        }

        Assert.True(table.Find("c", NameOf(0), new SourceId(1)) < 0);
    }

    private static string NameOf(int key) => Copy(key == 0 ? "" : $"Item {key / Endings.Length}{Endings[key % Endings.Length]}");

    private static string Copy(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Copy(string text) => new(text.AsSpan());
}
