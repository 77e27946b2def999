using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tracera.Lifecycle;
using Tracera.Testing;

namespace Tracera.Abstractions.Tests.Lifecycle;

public sealed class TraceraLifecycleTests
{
    private readonly ConcurrentQueue<string> _events = new();
    private readonly ManualTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StartAndStop_OfStages_GoUpAndDown()
    {
        var lifecycle = Lifecycle(Part("polling").At(Stages.Polling), Part("store").At(Stages.Store), Part("bus").At(Stages.Bus), Part("bus2").At(Stages.Bus));

        await lifecycle.StartAsync(Token);
        await lifecycle.StopAsync(Token);

        Assert.Equal(
            ["start store", "start bus", "start bus2", "start polling", "stop polling", "stop bus2", "stop bus", "stop store"], _events);
    }

    [Fact]
    public async Task Stop_CalledAgain_StopsNothingTwice()
    {
        var lifecycle = Lifecycle(Part("store").At(Stages.Store));
        await lifecycle.StartAsync(Token);

        await lifecycle.StopAsync(Token);
        await lifecycle.StopAsync(Token);

        Assert.Equal(["start store", "stop store"], _events);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Start_OfAPartThatFails_StopsItAndThoseBefore(bool beforeFirstAwait)
    {
        var broken = new RecordingPart("bus", _events)
        {
            OnStart = _ => beforeFirstAwait ? throw new InvalidOperationException("no bus") : Task.FromException(new InvalidOperationException("no bus")),
        };
        var lifecycle = Lifecycle(Part("store").At(Stages.Store), broken.At(Stages.Bus), Part("polling").At(Stages.Polling));

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => lifecycle.StartAsync(Token));

        Assert.Equal("no bus", error.Message);
        Assert.Equal(["start store", "start bus", "stop bus", "stop store"], _events);
    }

    [Fact]
    public async Task Start_OfAPartThatCannotBeMade_StopsThoseBefore()
    {
        var lifecycle = Lifecycle(
            Part("store").At(Stages.Store), new ComponentRegistration("bus", Stages.Bus, _ => throw new InvalidOperationException("no factory")));

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => lifecycle.StartAsync(Token));

        Assert.Equal("no factory", error.Message);
        Assert.Equal(["start store", "stop store"], _events);
    }

    [Fact]
    public async Task Start_GivenUp_StopsWhatHadBegun()
    {
        using var cancel = new CancellationTokenSource();
        var store = new RecordingPart("store", _events) { OnStart = _ => cancel.CancelAsync() };
        var lifecycle = Lifecycle(store.At(Stages.Store), Part("bus").At(Stages.Bus));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lifecycle.StartAsync(cancel.Token));

        Assert.Equal(["start store", "stop store"], _events);
    }

    [Fact]
    public async Task Stop_OfAPartThatFails_StopsTheOthers()
    {
        var broken = new RecordingPart("bus", _events) { OnStop = _ => throw new InvalidOperationException("stuck") };
        var lifecycle = Lifecycle(Part("store").At(Stages.Store), broken.At(Stages.Bus));
        await lifecycle.StartAsync(Token);

        await lifecycle.StopAsync(Token);

        Assert.Equal(["start store", "start bus", "stop bus", "stop store"], _events);
    }

    [Fact]
    public async Task Stop_PastTheDrainDeadline_TellsThePart()
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var slow = new RecordingPart("pump", _events)
        {
            OnStop = token =>
            {
                token.Register(told.SetResult);
                return told.Task;
            },
        };
        var lifecycle = Lifecycle(slow.At(Stages.Sinks));
        await lifecycle.StartAsync(Token);

        var stop = lifecycle.StopAsync(Token);
        _time.Advance(TraceraOptions.DefaultDrainTimeout - TimeSpan.FromTicks(1));
        Assert.False(told.Task.IsCompleted);
        _time.Advance(TimeSpan.FromTicks(1));

        await stop.WaitAsync(Token);
        Assert.True(told.Task.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Stop_OfAPartThatNeverEnds_LeavesItBehind()
    {
        var deaf = new RecordingPart("deaf", _events) { OnStop = _ => new TaskCompletionSource().Task };
        var lifecycle = Lifecycle(Part("store").At(Stages.Store), deaf.At(Stages.Bus));
        await lifecycle.StartAsync(Token);

        var stop = lifecycle.StopAsync(Token);
        _time.Advance(TraceraOptions.DefaultDrainTimeout + TimeSpan.FromSeconds(3));

        await stop.WaitAsync(Token);
        Assert.Equal(["start store", "start deaf", "stop deaf", "stop store"], _events);
    }

    [Fact]
    public async Task Stop_OfAPartThatAccountsAfterTheDeadline_WaitsForIt()
    {
        var accounted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var pump = new RecordingPart("pump", _events)
        {
            OnStop = async _ =>
            {
                await accounted.Task;
                _events.Enqueue("accounted");
            },
        };
        var lifecycle = Lifecycle(Part("store").At(Stages.Store), pump.At(Stages.Sinks));
        await lifecycle.StartAsync(Token);

        var stop = lifecycle.StopAsync(Token);
        _time.Advance(TraceraOptions.DefaultDrainTimeout + TimeSpan.FromSeconds(2));
        Assert.False(stop.IsCompleted);
        accounted.SetResult();

        await stop.WaitAsync(Token);
        Assert.Equal(["start store", "start pump", "stop pump", "accounted", "stop store"], _events);
    }

    [Fact]
    public async Task Stop_GivenUpByTheHost_TellsThePart()
    {
        using var host = new CancellationTokenSource();
        var pump = new RecordingPart("pump", _events) { OnStop = token => Task.Delay(Timeout.InfiniteTimeSpan, _time, token) };
        var lifecycle = Lifecycle(pump.At(Stages.Sinks));
        await lifecycle.StartAsync(Token);

        var stop = lifecycle.StopAsync(host.Token);
        await host.CancelAsync();

        await stop.WaitAsync(Token);
    }

    [Fact]
    public async Task Dispose_OfAHostInWhichAnotherServiceDidNotStart_StopsThePartsBeforeWhatTheyUse()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddTracera();
        builder.Services.AddSingleton(_ => new Used(_events));
        builder.Services.AddSingleton(new ComponentRegistration("store", Stages.Store, services =>
        {
            services.GetRequiredService<Used>();
            return Part("store");
        }));
        builder.Services.AddHostedService<Unstartable>();
        var host = builder.Build();

        await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync(Token));
        await ((IAsyncDisposable)host).DisposeAsync();

        Assert.Equal(["start store", "stop store", "used is gone"], _events);
    }

    private RecordingPart Part(string name) => new(name, _events);

    private TraceraLifecycle Lifecycle(params ComponentRegistration[] parts) =>
        new(
            new ServiceCollection().BuildServiceProvider(),
            parts,
            Options.Create(new TraceraOptions()),
            _time,
            NullLogger<TraceraLifecycle>.Instance);

    private sealed class Used(ConcurrentQueue<string> events) : IDisposable
    {
        public void Dispose() => events.Enqueue("used is gone");
    }

    private sealed class Unstartable : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("no port");

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
