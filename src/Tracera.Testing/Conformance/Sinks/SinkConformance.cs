namespace Tracera.Testing;

/// <summary>Checks that a sink keeps the contract of <see cref="IPriceSink"/>.</summary>
/// <remarks>
/// From a test of any framework; a sink that breaks a rule of <see cref="SinkRules"/> makes it throw:
/// <code>
/// await SinkConformance.For(() => new TableSink(connection))
///     .ReadBack((sink, token) => sink.ReadAllAsync(token))
///     .Away(sink => server.Stop(), sink => server.Start())
///     .Stalled(sink => server.Pause(), sink => server.Continue())
///     .VerifyAsync();
/// </code>
/// The kit writes ticks of the items 1 to 3 at source 1 unless <see cref="SinkConformance{TSink}.Writing"/> gives others. A rule that it cannot look at, because it was not told how, is
/// reported like a broken one: except it and say why.
/// </remarks>
public static class SinkConformance
{
    /// <summary>Begins with a sink.</summary>
    /// <typeparam name="TSink">The sink.</typeparam>
    /// <param name="open">Makes a sink with an empty target; called once for each check. A sink that is disposable is disposed.</param>
    /// <returns>The kit.</returns>
    public static SinkConformance<TSink> For<TSink>(Func<TSink> open)
        where TSink : IPriceSink
    {
        ArgumentNullException.ThrowIfNull(open);
        return new SinkConformance<TSink>(_ => new ValueTask<TSink>(open()));
    }

    /// <summary>Begins with a sink whose making takes time.</summary>
    /// <typeparam name="TSink">The sink.</typeparam>
    /// <param name="open">Makes a sink with an empty target; called once for each check. A sink that is disposable is disposed.</param>
    /// <returns>The kit.</returns>
    public static SinkConformance<TSink> For<TSink>(Func<CancellationToken, ValueTask<TSink>> open)
        where TSink : IPriceSink
    {
        ArgumentNullException.ThrowIfNull(open);
        return new SinkConformance<TSink>(open);
    }
}
