namespace Tracera.Postgres.Tests;

public sealed class SeriesMarksTests
{
    [Fact]
    public void Of_ManySeries_AgreesWithADictionary()
    {
        var (marks, model, random) = (new SeriesMarks(), new Dictionary<SeriesKey, long>(), new Random(1));
        for (var step = 0; step < 100_000; step++)
        {
            var series = new SeriesKey(new ItemId(random.Next(1, 20_000)), new SourceId(random.Next(1, 4)));
            Assert.Equal(model.GetValueOrDefault(series, long.MinValue), marks.Of(series));
            marks.Of(series) = model[series] = step + 1;
        }

        Assert.All(model, pair => Assert.Equal(pair.Value, marks.Of(pair.Key)));
    }

    [Fact]
    public void Of_MoreSeriesThanPlaces_KeepsTheNewestAndNeverGivesTheMarkOfAnother()
    {
        var marks = new SeriesMarks(mostPlaces: 64);
        var kept = 0;
        for (var item = 1; item <= 10_000; item++)
        {
            marks.Of(new SeriesKey(new ItemId(item), new SourceId(1))) = item;
        }

        for (var item = 10_000; item > 9_900; item--)
        {
            var mark = marks.Of(new SeriesKey(new ItemId(item), new SourceId(1)));
            Assert.True(mark == item || mark == long.MinValue, $"{item} has the mark {mark}.");
            kept += mark == item ? 1 : 0;
        }

        Assert.InRange(kept, 1, 72);
    }
}
