namespace Tracera;

/// <summary>A part of Tracera that runs.</summary>
/// <remarks>
/// <para>
/// One hosted service owns start and stop: parts start in ascending order of their stage, so that whatever receives stands before what sends, and stop in
/// descending order, so that the senders fall silent first and the queues between them drain. Parts of one stage start in the order of registration.
/// </para>
/// <para>
/// <see cref="StartAsync"/> must return soon and must not wait for a server that may be away: connect in the background and let readiness say so.
/// An exception from it stops the host. <see cref="StopAsync"/> is called once for every part whose start began, also when a later part failed to start.
/// </para>
/// </remarks>
public interface ITraceraComponent
{
    /// <summary>Begins to work.</summary>
    /// <param name="cancellationToken">The start is given up.</param>
    /// <returns>A task that ends when the part accepts what is sent to it.</returns>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Takes nothing new, finishes what was taken, and ends.</summary>
    /// <param name="cancellationToken">The drain deadline is over: end at once and account for what is left.</param>
    /// <returns>A task that ends when the part is silent.</returns>
    Task StopAsync(CancellationToken cancellationToken);
}
