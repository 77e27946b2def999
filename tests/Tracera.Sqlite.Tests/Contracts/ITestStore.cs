using Tracera.Testing;

namespace Tracera.Sqlite.Tests;

/// <summary>A durable store under its contracts. The tests of this folder know nothing else of it.</summary>
internal interface ITestStore : IAsyncDisposable
{
    ManualTimeProvider Time { get; }

    IPriceSink Sink { get; }

    IItemCatalog Catalog { get; }

    IPriceHistory History { get; }

    IRunLog Runs { get; }

    IProviderLeases Leases { get; }

    IDeadLetterLog DeadLetters { get; }

    /// <summary>Ends the process, as it were, and starts another on the same data.</summary>
    Task ReopenAsync(CancellationToken cancellationToken);
}
