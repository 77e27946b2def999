namespace Tracera.Volatility.Worker;

/// <summary>What the worker does again and again.</summary>
internal interface IVolatilityPass
{
    /// <summary>Brings figures up to date and delivers them.</summary>
    /// <param name="since">Series with ticks received at this instant or later have changed.</param>
    /// <param name="cancellationToken">Ends the pass.</param>
    /// <returns>What it did.</returns>
    Task<PassResult> RunAsync(DateTimeOffset since, CancellationToken cancellationToken);
}
