using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Tracera.Redis;

/// <summary>Keeps the catalogue's sources in one string of Redis, which is written only when they are others than those that were written last. Thread-safe.</summary>
internal sealed class RedisSourceCache(RedisConnection connection, RedisLayout layout, RedisState state, ILogger<RedisSourceCache> logger) : ISourceCache
{
    private volatile IReadOnlyList<Source> _kept = [];

    public async ValueTask PutAsync(IReadOnlyList<Source> sources, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sources);
        if (state.IsAway || sources.Count == 0 || sources.SequenceEqual(_kept))
        {
            return;
        }

        try
        {
            await WriteAsync(sources, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (FaultText.IsAway(fault) && !cancellationToken.IsCancellationRequested)
        {
            SourceLog.NotKept(logger, FaultText.Of(fault));
        }
    }

    /// <summary>Keeps the sources, whatever Redis holds: it may have been emptied.</summary>
    /// <exception cref="TimeoutException">Redis has not answered.</exception>
    public async Task WriteAsync(IReadOnlyList<Source> sources, CancellationToken cancellationToken)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes([.. sources.Select(KeptSource.Of)], KeptSourceJson.Default.KeptSourceArray);
        await connection.AskAsync(connection.Database.StringSetAsync(layout.Sources, text), cancellationToken).ConfigureAwait(false);
        _kept = sources;
    }

    public async ValueTask<IReadOnlyList<Source>> GetAsync(CancellationToken cancellationToken)
    {
        if (state.IsAway)
        {
            return [];
        }

        try
        {
            var text = (byte[]?)await connection.AskAsync(connection.Database.StringGetAsync(layout.Sources), cancellationToken).ConfigureAwait(false);
            return text is null ? [] : Read(text);
        }
        catch (Exception fault) when (FaultText.IsAway(fault) && !cancellationToken.IsCancellationRequested)
        {
            return [];
        }
    }

    private IReadOnlyList<Source> Read(byte[] text)
    {
        try
        {
            return [.. (JsonSerializer.Deserialize(text, KeptSourceJson.Default.KeptSourceArray) ?? []).OfType<KeptSource>().Select(source => source.ToSource()).OrderBy(source => source.Id)];
        }
        catch (Exception fault) when (fault is JsonException or FormatException)
        {
            SourceLog.NotReadable(logger, layout.Sources.ToString(), fault.Message);
            return [];
        }
    }
}
