using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using Tracera.Ingestion;
using Tracera.Testing;

namespace Tracera.Benchmarks;

/// <summary>Checking a row and finding its ids by a name that is a new string; beside it the framework's dictionary.</summary>
[MemoryDiagnoser]
public class NormalizerBenchmarks
{
    private readonly RawPrice[] _known = Names.Rows();
    private readonly RawPrice[] _rows = Names.Rows();
    private readonly RawPrice[] _shuffled = Names.Rows();
    private readonly PriceChecks _checks = new(new IngestionOptions());
    private readonly Dictionary<ItemKey, ItemId> _dictionary = [];
    private readonly PriceNormalizer _normalizer = new(
        "load", new InMemoryStore().Catalog, mapper: null, new IngestionOptions(), TimeProvider.System, NullLogger.Instance);

    /// <summary>Learns every name.</summary>
    [GlobalSetup]
    public async Task LearnAsync()
    {
        await _normalizer.LearnAsync([.. _known.Select(row => new PendingRow(row, 0, 0))], CancellationToken.None);
        for (var i = 0; i < _known.Length; i++)
        {
            _dictionary.Add(new ItemKey(_known[i].Category, _known[i].Name), new ItemId(i + 1));
        }

        new Random(1).Shuffle(_shuffled);
    }

    /// <summary>Rows in the order of the cycle before.</summary>
    [Benchmark(OperationsPerInvoke = Names.Items)]
    public int InOrder() => Resolve(_rows);

    /// <summary>Rows in another order.</summary>
    [Benchmark(OperationsPerInvoke = Names.Items)]
    public int Shuffled() => Resolve(_shuffled);

    /// <summary>The same names through a dictionary.</summary>
    [Benchmark(OperationsPerInvoke = Names.Items, Baseline = true)]
    public int Dictionary()
    {
        var found = 0;
        foreach (ref readonly var row in _rows.AsSpan())
        {
            found += _dictionary.TryGetValue(new ItemKey(row.Category, row.Name), out _) ? 1 : 0;
        }

        return found;
    }

    /// <summary>The checks alone.</summary>
    [Benchmark(OperationsPerInvoke = Names.Items)]
    public int Checks()
    {
        var good = 0;
        foreach (ref readonly var row in _rows.AsSpan())
        {
            good += _checks.Check(row, 0, 0, BatchLane.Live) is null ? 1 : 0;
        }

        return good;
    }

    private int Resolve(RawPrice[] rows)
    {
        var found = 0;
        foreach (ref readonly var row in rows.AsSpan())
        {
            found += _normalizer.TryResolve(row, out _) ? 1 : 0;
        }

        return found;
    }
}
