using Microsoft.Extensions.Logging;

namespace Tracera.Redis;

/// <summary>Whether Redis answers, and whether updates come in. Thread-safe.</summary>
/// <remarks>Reads do not ask a Redis that is away: the client keeps what it cannot send, and nothing bounds how much.</remarks>
internal sealed class RedisState(ILogger<RedisState> logger)
{
    private const string Starting = "The connection is being made.";
    private volatile string? _fault = Starting;
    private volatile string? _silence = "The updates are not followed yet.";

    /// <summary>Whether it is of no use to ask.</summary>
    public bool IsAway => _fault is not null;

    /// <summary>Why Redis is of no use; null when it is.</summary>
    public string? Fault => _fault;

    /// <summary>Why updates do not come in; null when they do.</summary>
    public string? Silence
    {
        get => _silence;
        set => _silence = value;
    }

    public void Answers()
    {
        if (Interlocked.Exchange(ref _fault, null) is { } before && before != Starting)
        {
            RedisLog.Back(logger);
        }
    }

    public void Fails(Exception fault)
    {
        if (Interlocked.Exchange(ref _fault, FaultText.Shown(fault)) is null or Starting)
        {
            RedisLog.Away(logger, FaultText.Of(fault));
        }
    }
}
