using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Tracera.Redis;

/// <summary>The connection: the app's own multiplexer, which is never disposed here, or one made of the options. Made in the background, for as long as it takes.</summary>
/// <remarks>Thread-safe. The client's asynchronous calls know no deadline, so each is awaited through <see cref="AskAsync"/>.</remarks>
internal sealed class RedisConnection(
    IServiceProvider services, IOptions<RedisOptions> options, TimeProvider time, ILogger<RedisConnection> logger) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private volatile IConnectionMultiplexer? _multiplexer;
    private ConnectionMultiplexer? _own;
    private Task? _connecting;

    /// <summary>Raised when a connection has come back, from any thread.</summary>
    public event Action? Restored;

    /// <summary>The database.</summary>
    /// <exception cref="TimeoutException">There is no connection yet.</exception>
    public IDatabase Database => Multiplexer.GetDatabase(options.Value.Database ?? -1);

    /// <summary>Whether there is a connection, which may be broken; before, nothing can be said of Redis.</summary>
    public bool IsMade => _multiplexer is not null;

    public ISubscriber Subscriber => Multiplexer.GetSubscriber();

    private IConnectionMultiplexer Multiplexer =>
        _multiplexer ?? throw new TimeoutException("There is no connection to Redis yet.");

    /// <summary>Begins to connect; more calls change nothing.</summary>
    public void Start()
    {
        lock (_gate)
        {
            _connecting ??= Task.Run(() => ConnectAsync(_stopping.Token), CancellationToken.None);
        }
    }

    /// <summary>Waits for an answer, but not for ever.</summary>
    /// <exception cref="TimeoutException">It did not come in time.</exception>
    public async Task<T> AskAsync<T>(Task<T> asking, CancellationToken cancellationToken)
    {
        try
        {
            return await asking.WaitAsync(options.Value.OperationTimeout, time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (!asking.IsCompleted)
        {
            // It may still fail, when nobody waits for it any more.
            _ = asking.ContinueWith(
                static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await (_connecting ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_multiplexer is { } multiplexer)
        {
            multiplexer.ConnectionRestored -= OnRestored;
        }

        _multiplexer = null;
        _own?.Dispose();
        _stopping.Dispose();
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        for (var isFirst = true; !cancellationToken.IsCancellationRequested; isFirst = false)
        {
            var finding = FindAsync();
            await ((Task)finding).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (finding.IsCompletedSuccessfully)
            {
                Use(await finding.ConfigureAwait(false));
                return;
            }

            if (isFirst)
            {
                RedisLog.NotConnected(logger, FaultText.Of(finding.Exception?.InnerException));
            }

            await Task.Delay(options.Value.CheckInterval, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // The app's own is asked for here, because making it may connect and therefore fail or take long.
    private async Task<IConnectionMultiplexer> FindAsync() =>
        services.GetService<IConnectionMultiplexer>()
            ?? (_own = await ConnectionMultiplexer.ConnectAsync(MultiplexerSettings.Of(options.Value)).ConfigureAwait(false));

    private void Use(IConnectionMultiplexer multiplexer)
    {
        multiplexer.ConnectionRestored += OnRestored;
        _multiplexer = multiplexer;
        RedisLog.Connected(logger, string.Join(", ", multiplexer.GetEndPoints().Select(endpoint => endpoint.ToString())), _own is not null);
        Restored?.Invoke();
    }

    private void OnRestored(object? sender, ConnectionFailedEventArgs restored) => Restored?.Invoke();
}
