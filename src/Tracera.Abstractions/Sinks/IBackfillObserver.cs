namespace Tracera;

/// <summary>Is told of ticks of the past once the durable sink has them: those of backfills, and dead letters that were offered again. They reach no other sink.</summary>
/// <remarks>Registered as a service, any number. Called by the durable sink's pump, one batch after the other; it must neither block nor throw.</remarks>
public interface IBackfillObserver
{
    /// <summary>Ticks are stored.</summary>
    /// <param name="ticks">The ticks; valid during the call alone. Some may have been stored before.</param>
    void Stored(ReadOnlySpan<PriceTick> ticks);
}
