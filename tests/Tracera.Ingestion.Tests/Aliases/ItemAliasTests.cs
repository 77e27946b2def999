using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Tracera.Ingestion.Tests.Aliases;

public sealed class ItemAliasTests : IDisposable
{
    private const string Header = "provider,category,alias,to_category,name\n";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("a.csv", Header + ",test,\"Alpha, old\",,Alpha\np,test,beta,,Beta of p\n,test,beta,other,Beta\n")]
    [InlineData("a.json", """
        [
          {"category": "test", "alias": "Alpha, old", "name": "Alpha"},
          {"provider": "p", "category": "test", "alias": "beta", "name": "Beta of p"},
          {"category": "test", "alias": "beta", "to_category": "other", "name": "Beta"},
        ]
        """)]
    public async Task Names_OfTheFile_GoToTheItemsThatAreMeant(string name, string text)
    {
        await using var rig = NewRig(name, text);
        rig.Add("p", ScriptedProvider.Of(
            ScriptedProvider.Row("Alpha, old", 1), ScriptedProvider.Row("Alpha", 2), ScriptedProvider.Row("beta", 3), ScriptedProvider.Row("gamma", 4)));
        rig.Add("q", ScriptedProvider.Of(ScriptedProvider.Row("beta", 5)));

        await rig.StartAsync();
        await rig.Store.WhenEndedAsync(1);

        var items = rig.Durable.Ticks.ToDictionary(tick => tick.Price, tick => tick.Item);
        Assert.Equal(items[1], items[2]);
        Assert.Equal(rig.Store.IdOf("Alpha"), items[1]);
        Assert.Equal(rig.Store.IdOf("Beta of p"), items[3]);
        Assert.Equal(rig.Store.IdOf("gamma"), items[4]);
        Assert.Equal(rig.Store.IdOf("Beta"), items[5]);
    }

    [Fact]
    public async Task File_OfTheConfigurationAlone_IsReadToo()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "a.csv"), Header + ",test,old,,new\n", TestContext.Current.CancellationToken);
        await using var rig = new Rig();
        rig.Configure("ItemAliases:File", Path.Combine(_folder.FullName, "a.csv"));
        rig.Add("p", ScriptedProvider.Of(ScriptedProvider.Row("old", 1), ScriptedProvider.Row("new", 2)));

        await rig.StartAsync();
        await rig.Store.WhenEndedAsync(1);

        Assert.All(rig.Durable.Ticks, tick => Assert.Equal(rig.Store.IdOf("new"), tick.Item));
        Assert.Equal(2, rig.Durable.Ticks.Count);
    }

    [Fact]
    public async Task Merge_WhoseLineIsTakenOut_IsUndone()
    {
        await using var rig = NewRig("a.csv", Header);
        rig.Add("p", ScriptedProvider.Of(ScriptedProvider.Row("old", 1), ScriptedProvider.Row("new", 2)));

        await rig.StartAsync();
        await rig.Store.WhenEndedAsync(1);

        Assert.Equal(2, rig.Durable.Ticks.Select(tick => tick.Item).Distinct().Count());
    }

    [Theory]
    [InlineData("a.csv", "provider;category\n", "line 1 must be 'provider,category,alias,to_category,name'")]
    [InlineData("a.csv", Header + ",test,only three\n", "line 2 has not 5 values: ',test,only three'")]
    [InlineData("a.csv", Header + ",test,,,Name\n", "the alias of 'test/' to 'test/Name' needs a category, an alias and a name")]
    [InlineData("a.csv", Header + ",t,a,,b\n,t,a,,c\n", "'t/a' is mapped to 't/b' and to 't/c'")]
    [InlineData("a.csv", Header + ",t,a,,b\np,t,b,,c\n", "'t/a' is mapped to 't/b', which is an alias itself")]
    [InlineData("a.csv", Header + ",test,old,,\"   \"\n", "line 2: 'test/   ' cannot be an item; allowed: a category and a name of 1 to 256 characters each, the name not of spaces alone")]
    [InlineData("a.csv", Header + "\n,test,\"  \",,new\n", "line 3: 'test/  ' cannot be an item")]
    [InlineData("a.csv", Header + "skinprot,test,old,,new\n", "line 2: 'skinprot' is no provider of this host; allowed: one of p, or nothing for all.")]
    [InlineData("a.csv", Header + "P,test,old,,new\n", "line 2: 'P' is no provider of this host; allowed: one of p")]
    [InlineData("a.json", "[{\"category\":\"t\",\"alias\":\"a\",\"name\":\"b\"},null]", "entry 2 is null; allowed: an object with the fields provider,category,alias,to_category,name.")]
    [InlineData("a.json", "null", "is null; allowed: a list of objects")]
    [InlineData("a.json", "[{\"category\":\"t\",\"alias\":\"a\",\"name\":\"b\\u0000\"}]", "entry 1: 't/b\0' cannot be an item")]
    [InlineData("a.json", "{", "cannot be read")]
    [InlineData("a.txt", "", "allowed: the path of a .csv or .json file")]
    public async Task File_NotAsItMustBe_StopsTheStartAndSaysWhy(string name, string text, string fault)
    {
        await using var rig = NewRig(name, text);
        rig.Add("p", ScriptedProvider.Of());

        var error = await Assert.ThrowsAsync<OptionsValidationException>(rig.StartAsync);

        Assert.Contains(error.Failures, line => line.Contains(fault, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(256, 0)]
    [InlineData(257, 1)]
    public async Task File_NamesOfEveryLength_AreHeldToTheSameBoundAsRows(int length, int faults)
    {
        await using var rig = NewRig("a.csv", $"{Header},test,old,,{new string('n', length)}\n");
        rig.Add("p", ScriptedProvider.Of());

        var error = await Record.ExceptionAsync(rig.StartAsync) as OptionsValidationException;

        Assert.Equal(faults, error?.Failures.Count() ?? 0);
    }

    [Fact]
    public async Task File_BesideOptionsThatAreAtFault_RepeatsNoneOfThem()
    {
        await using var rig = NewRig("a.csv", Header + "skinprot,test,old,,new\n");
        rig.Add("p", ScriptedProvider.Of());
        rig.Configure("Ingestion:MaxNameLength", "0");

        var errors = await Assert.ThrowsAsync<AggregateException>(rig.StartAsync);

        Assert.Equal(2, errors.InnerExceptions.Cast<OptionsValidationException>().SelectMany(error => error.Failures).Count());
    }

    [Fact]
    public async Task File_Missing_StopsTheStartAndNamesIt()
    {
        await using var rig = new Rig();
        rig.Tracera.AddItemAliases(Path.Combine(_folder.FullName, "none.csv"));
        rig.Add("p", ScriptedProvider.Of());

        var error = await Assert.ThrowsAsync<OptionsValidationException>(rig.StartAsync);

        Assert.Contains("none.csv", Assert.Single(error.Failures), StringComparison.Ordinal);
    }

    private Rig NewRig(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        var rig = new Rig();
        rig.Tracera.AddItemAliases("overridden.csv");
        rig.Configure("ItemAliases:File", path);
        return rig;
    }
}
