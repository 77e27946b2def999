using System.Collections.Concurrent;

namespace Tracera.Ingestion.Tests;

/// <summary>A catalogue, run log and leases in memory that can be away.</summary>
internal sealed class FakeStore : IItemCatalog, IRunLog, IProviderLeases
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ItemKey, ItemId> _items = [];
    private readonly Dictionary<SourceDescriptor, Source> _sources = [];
    private readonly Dictionary<RunId, RunRecord> _runs = [];
    private readonly List<string> _journal = [];
    private readonly Observed _changes = new();
    private int _refusals;

    public volatile bool IsAway;

    /// <summary>Told of each row that ends.</summary>
    public Action<RunId, ProviderRunRecord>? OnRowEnded { get; set; }

    public ConcurrentDictionary<string, string> Holders { get; } = new();

    public IReadOnlyList<string> Journal
    {
        get
        {
            lock (_gate)
            {
                return [.. _journal];
            }
        }
    }

    public List<RunId> Abandoned { get; } = [];

    public int CatalogCalls { get; private set; }

    /// <summary>Whether it answers, once, with fewer ids than it was asked for.</summary>
    public bool AnswersShort { get; set; }

    /// <summary>The name of an item that it refuses, and with it whatever is asked for along with it.</summary>
    public string? Refused { get; set; }

    /// <summary>Whether it goes away once it has refused.</summary>
    public bool GoesAfterRefusal { get; set; }

    public int Sweeps { get; private set; }

    public IReadOnlyList<RunRecord> Runs
    {
        get
        {
            lock (_gate)
            {
                return [.. _runs.Values];
            }
        }
    }

    public ItemId IdOf(string name)
    {
        lock (_gate)
        {
            return _items.Single(item => item.Key.Name == name).Value;
        }
    }

    public Task WhenAsync(Func<IReadOnlyList<RunRecord>, bool> condition) => _changes.WhenAsync(() => condition(Runs));

    /// <summary>Ends once a host that is not the holder has asked so often for a lease.</summary>
    public Task WhenRefusedAsync(int times) => _changes.WhenAsync(() => Volatile.Read(ref _refusals) >= times);

    public Task WhenSweptAsync(int times) => _changes.WhenAsync(() => Sweeps >= times);

    public async Task<RunRecord> WhenEndedAsync(int count)
    {
        await WhenAsync(runs => runs.Count(run => run.State != RunState.Running) >= count);
        return Runs.Where(run => run.State != RunState.Running).ElementAt(count - 1);
    }

    public ValueTask<IReadOnlyList<ItemId>> GetOrAddItemsAsync(IReadOnlyList<ItemKey> keys, CancellationToken cancellationToken)
    {
        Catalog();
        lock (_gate)
        {
            CatalogCalls++;
            if (keys.Any(key => key.Name == Refused))
            {
                IsAway = GoesAfterRefusal;
                throw new NotSupportedException("54000: index row size exceeds the maximum");
            }

            if (AnswersShort)
            {
                AnswersShort = false;
                return new([]);
            }

            return new([.. keys.Select(key => _items.TryGetValue(key, out var id) ? id : _items[key] = new ItemId(_items.Count + 1))]);
        }
    }

    public ValueTask<Source> GetOrAddSourceAsync(string provider, SourceDescriptor descriptor, CancellationToken cancellationToken)
    {
        Catalog();
        lock (_gate)
        {
            if (_sources.Keys.Any(known => known != descriptor && known with { VolumeKind = descriptor.VolumeKind } == descriptor))
            {
                throw new InvalidOperationException("another volume kind");
            }

            return new(_sources.TryGetValue(descriptor, out var source)
                ? source
                : _sources[descriptor] = new Source(new SourceId(_sources.Count + 1), provider, descriptor));
        }
    }

    public ValueTask StartAsync(RunRecord run, DateTimeOffset leaseUntil, CancellationToken cancellationToken) =>
        new(Change($"start {run.Trigger}", () => _runs.TryAdd(run.Id, run)));

    public ValueTask<bool> UpdateAsync(RunId runId, string owner, ProviderRunRecord row, CancellationToken cancellationToken)
    {
        if (row.State != RunState.Running)
        {
            OnRowEnded?.Invoke(runId, row);
        }

        Change($"row {row.Provider} {row.State}", () => _runs[runId] = _runs[runId] with
        {
            Providers = [.. _runs[runId].Providers.Select(old => old.Provider == row.Provider ? row : old)],
        });
        return new(true);
    }

    public ValueTask<bool> FinishAsync(
        RunId runId, string owner, RunState state, string? error, DateTimeOffset finishedAt, CancellationToken cancellationToken)
    {
        Change($"end {state}", () => _runs[runId] = _runs[runId] with { State = state, Error = error, FinishedAt = finishedAt });
        return new(true);
    }

    public ValueTask HeartbeatAsync(string owner, DateTimeOffset leaseUntil, CancellationToken cancellationToken) => new(Change("heartbeat", () => { }));

    public ValueTask<IReadOnlyList<RunId>> FailAbandonedAsync(string owner, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Change("sweep", () => Sweeps++);
        return new(Abandoned);
    }

    public ValueTask<ProviderLease?> TryAcquireAsync(
        string provider, string owner, DateTimeOffset now, TimeSpan duration, CancellationToken cancellationToken)
    {
        ThrowIfAway();
        var holder = Holders.GetOrAdd(provider, owner);
        if (holder != owner)
        {
            Interlocked.Increment(ref _refusals);
            _changes.Changed();
        }

        return new(holder == owner ? new ProviderLease(provider, owner, 1, now + duration) : null);
    }

    public ValueTask ReleaseAsync(ProviderLease lease, CancellationToken cancellationToken)
    {
        ThrowIfAway();
        Holders.TryRemove(new(lease.Provider, lease.Owner));
        return default;
    }

    public ValueTask<IReadOnlyList<Item>> GetItemsAsync(IReadOnlyList<ItemId> ids, CancellationToken cancellationToken)
    {
        Catalog();
        lock (_gate)
        {
            return new([.. _items.Where(item => ids.Contains(item.Value)).Select(item => new Item(item.Value, item.Key))]);
        }
    }

    public ValueTask<IReadOnlyList<Item>> FindItemsAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<Page<Item>> ListItemsAsync(ItemQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<Source>> GetSourcesAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<RunRecord?> FindAsync(RunId runId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<Page<RunRecord>> ListAsync(RunQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    private Task Change(string what, Action change)
    {
        ThrowIfAway();
        lock (_gate)
        {
            change();
            _journal.Add(what);
        }

        _changes.Changed();
        return Task.CompletedTask;
    }

    private void Catalog()
    {
        if (IsAway)
        {
            throw new CatalogUnavailableException();
        }
    }

    private void ThrowIfAway()
    {
        if (IsAway)
        {
            throw new IOException("the store is away");
        }
    }
}
