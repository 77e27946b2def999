using Microsoft.Extensions.Options;

namespace Tracera.Redis;

/// <summary>Learns of which sources an item may have a latest price: from the catalogue, which knows every one, or from the ticks themselves. Thread-safe.</summary>
/// <remarks>Whoever needs them meanwhile waits for the one reading that is under way. It belongs to nobody: one who gives up waiting does not end it.</remarks>
internal sealed class SourceLearner(
    RedisConnection connection, SourceBook sources, LatestReader latest, IItemCatalog? catalog, IOptions<RedisOptions> options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private Task _learning = Task.CompletedTask;

    /// <summary>Ends when no source can be missing.</summary>
    /// <exception cref="TimeoutException">Neither the catalogue nor Redis has answered.</exception>
    public async ValueTask LearnAsync(CancellationToken cancellationToken)
    {
        // Again where an update was missed during the reading.
        while (!sources.IsComplete)
        {
            await JoinReadingAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private Task JoinReadingAsync()
    {
        lock (_gate)
        {
            return _learning = _learning.IsCompleted ? Task.Run(ReadAsync) : _learning;
        }
    }

    private async Task ReadAsync()
    {
        var missed = sources.Missed;
        var known = ReadCatalogAsync();
        await ((Task)known).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (known.IsCompletedSuccessfully && catalog is not null)
        {
            foreach (var source in await known.ConfigureAwait(false))
            {
                sources.Note(source.Id);
            }
        }
        else
        {
            // It notes the sources of what it reads.
            _ = await latest.ReadAllAsync(CancellationToken.None).ConfigureAwait(false);
        }

        sources.Complete(missed);
    }

    private async Task<IReadOnlyList<Source>> ReadCatalogAsync()
    {
        using var late = new CancellationTokenSource(options.Value.OperationTimeout, time);
        return catalog is null ? [] : await connection.AskAsync(catalog.GetSourcesAsync(late.Token).AsTask(), CancellationToken.None).ConfigureAwait(false);
    }
}
