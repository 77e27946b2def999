using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Tracera.Ingestion.Tests.Options;

public sealed class OptionFaultTests
{
    [Theory]
    [InlineData("Providers:p:Interval", "abc", "Tracera:Providers:p:Interval is 'abc'; allowed: 00:00:00.1 to 7.00:00:00.")]
    [InlineData("Providers:p:Interval", "00:00:00.01", "Tracera:Providers:p:Interval is '00:00:00.0100000'; allowed: 00:00:00.1 to 7.00:00:00.")]
    [InlineData("Providers:p:Jitter", "0.6", "Tracera:Providers:p:Jitter is '0.6'; allowed: 0 to 0.5.")]
    [InlineData("Providers:p:Currency", "E", "Tracera:Providers:p:Currency is 'E'; allowed: a code of 3 to 8 letters or digits such as USD, or empty for USD.")]
    [InlineData("Providers:q:Interval", "00:01:00", "Tracera:Providers:q is for a provider that is not registered; known: p.")]
    [InlineData("Sinks:x:QueueCapacity", "1", "Tracera:Sinks:x is for a sink that is not registered; known: store.")]
    [InlineData("Sinks:store:QueueCapacity", "0", "Tracera:Sinks:store:QueueCapacity is '0'; allowed: 1 to 65536.")]
    [InlineData("Ingestion:Store", "some", "Tracera:Ingestion:Store is 'some'; allowed: All, Changes.")]
    [InlineData("Ingestion:BackfillBatchSize", "65537", "Tracera:Ingestion:BackfillBatchSize is '65537'; allowed: 1 to 65536.")]
    [InlineData("Ingestion:MaxNameLength", "401", "Tracera:Ingestion:MaxNameLength is '401'; allowed: 1 to 400, so that a category and a name fit into one key of the store's index.")]
    [InlineData("Ingestion:BatchSize", "0", "Tracera:Ingestion:BatchSize is '0'; allowed: 1 to 65536.")]
    [InlineData("Ingestion:HeartbeatInterval", "00:00:20", "Tracera:Ingestion:HeartbeatInterval is '00:00:20'; allowed: 00:00:00.5 to half of LeaseDuration (00:00:30).")]
    public async Task Start_BadValue_IsRefusedWithOneLine(string key, string value, string expected)
    {
        await using var rig = new Rig();
        rig.Add("p", ScriptedProvider.Of());
        rig.Configure(key, value);

        var error = await Assert.ThrowsAsync<OptionsValidationException>(rig.StartAsync);

        Assert.Equal([expected], error.Failures);
    }

    [Theory]
    [InlineData("Spill")]
    [InlineData("Conflate")]
    public async Task Start_DurableSinkThatDoesNotWait_IsRefused(string overflow)
    {
        await using var rig = new Rig();
        rig.Configure("Sinks:store:Overflow", overflow);

        var error = await Assert.ThrowsAsync<OptionsValidationException>(rig.StartAsync);

        Assert.StartsWith($"Tracera:Sinks:store:Overflow is '{overflow}'; allowed: Wait; and Spill with AddFileSpool()", Assert.Single(error.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_TwoDurableSinks_IsRefused()
    {
        await using var rig = new Rig();
        rig.Tracera.AddSink(new SinkRegistration("second", _ => rig.Durable, IsDurable: true));

        var error = await Assert.ThrowsAsync<OptionsValidationException>(rig.StartAsync);

        Assert.Equal(["The sinks store, second are all durable; exactly one sink of a host may be."], error.Failures);
    }

    [Fact]
    public async Task Start_ObjectThatIsNoProvider_IsRefused()
    {
        await using var rig = new Rig();
        rig.Add("p", "a text");

        var error = await Assert.ThrowsAsync<OptionsValidationException>(rig.StartAsync);

        Assert.Contains("The provider 'p' is a String", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Configuration_OverridesCode_AndNonDurableSinksConflateByDefault()
    {
        await using var rig = new Rig();
        rig.AddSink("live");
        rig.AddSink("waiting", options => options.Overflow = SinkOverflow.Wait);
        rig.Add("p", ScriptedProvider.Of(), options => options.Interval = TimeSpan.FromMinutes(3));
        rig.Configure("Providers:p:Interval", "00:00:07").Configure("Providers:p:Items:0", "one");
        await rig.StartAsync();

        var sinks = rig.Options<SinkOptions>();

        Assert.Equal(
            [SinkOverflow.Wait, SinkOverflow.Conflate, SinkOverflow.Wait],
            new[] { "store", "live", "waiting" }.Select(name => sinks.Get(name).Overflow));
        Assert.Equal(TimeSpan.FromSeconds(7), rig.Status("p").Interval);
        Assert.Equal(["one"], rig.Options<ProviderOptions>().Get("p").Items);
    }
}
