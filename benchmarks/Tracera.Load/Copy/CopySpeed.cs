using System.Runtime.CompilerServices;
using Tracera.Postgres;
using Tracera.TestServers;

namespace Tracera.Load;

/// <summary>Rows a second of one connection, of two, of the whole sink, and of <c>psql</c>.</summary>
internal sealed class CopySpeed : IAsyncDisposable
{
    // Until the runtime has compiled what is hot.
    private const int WarmUps = 4;
    private const int Rounds = 7;
    private const int Batches = 40;
    private const string Peer = @"psql \copy … (format binary)";
    private const string Bare = "Npgsql alone, encoded before";
    private readonly Samples _plain = new("copy, thousand rows/s");
    private readonly Samples _peer = new("psql, thousand rows/s");
    private readonly Samples _two = new("copy over two connections, thousand rows/s");
    private readonly Samples _full = new("sink, thousand rows/s");
    private readonly Samples _work = new("copy, ns of processor a row");
    private readonly Samples _bytes = new("copy, bytes a row");
    private readonly Samples _bareWork = new("Npgsql alone, ns of processor a row");
    private readonly Samples _bareBytes = new("Npgsql alone, bytes a row");
    private readonly Samples _fullWork = new("sink, ns of processor a row");
    private readonly Samples _fullBytes = new("sink, bytes a row");
    private readonly CopyStore[] _stores;
    private readonly (WriterSession Session, CopyBlocks Blocks)[] _one;
    private readonly (WriterSession Session, CopyBlocks Blocks)[] _pair;
    private readonly PsqlPeer _psql;
    private readonly NpgsqlPeer _bare;

    private CopySpeed(CopyStore[] stores, WriterSession[] sessions, PsqlPeer psql, NpgsqlPeer bare)
    {
        (_stores, _psql, _bare) = (stores, psql, bare);
        _one = [(sessions[0], new CopyBlocks())];
        _pair = [(sessions[1], new CopyBlocks()), (sessions[2], new CopyBlocks())];
    }

    private static PriceTick[][] Ticks { get; } = CopyFeed.Make(Batches, CopyFeed.BatchSize);

    // Half as many batches of twice the size: as many rows a transaction for each of the two connections.
    private static PriceTick[][] Doubled { get; } = CopyFeed.Make(Batches / 2, CopyFeed.BatchSize * 2);

    public static async Task<CopySpeed> OpenAsync(PostgresCluster cluster, string folder, CancellationToken cancellationToken)
    {
        for (var i = 0; i < Batches; i++)
        {
            await CopyFeed.WriteFileAsync(PsqlPeer.FileOf(folder, i), Ticks[i]);
        }

        var stores = new List<CopyStore>();
        foreach (var schema in (string[])["copy_one", "copy_two", "copy_full", "copy_psql"])
        {
            stores.Add(await CopyStore.OpenAsync(cluster, schema, cancellationToken));
        }

        WriterSession[] sessions =
        [
            await stores[0].SessionAsync(cancellationToken), await stores[1].SessionAsync(cancellationToken), await stores[1].SessionAsync(cancellationToken),
        ];
        var bare = await NpgsqlPeer.OpenAsync(cluster.ConnectionString(), stores[0].Table, folder, Batches, cancellationToken);
        return new CopySpeed([.. stores], sessions, new PsqlPeer(cluster, stores[3].Table, folder, Batches), bare);
    }

    public async IAsyncEnumerable<LoadResult> RunAsync(TextWriter remarks, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await _psql.EchoAsync(cancellationToken);
        for (var round = -WarmUps; round < Rounds; round++)
        {
            await RoundAsync(round, cancellationToken);
        }

        foreach (var samples in (Samples[])[_plain, _peer, _two, _full, _work, _bytes, _bareWork, _bareBytes, _fullWork, _fullBytes])
        {
            await remarks.WriteLineAsync(samples.ToString());
        }

        yield return LoadResult.Of("copy", _plain.Median * 1e3, Peer, _peer.Median * 1e3, "rows/s");
        yield return LoadResult.Of("copy-2", _two.Median * 1e3, "one connection", _plain.Median * 1e3, "rows/s");
        yield return LoadResult.Of("copy-cpu", _work.Median, Bare, _bareWork.Median, "ns/row");
        yield return LoadResult.Of("copy-alloc", _bytes.Median, Bare, _bareBytes.Median, "bytes/row");
        yield return LoadResult.Of("copy-full", _full.Median * 1e3, Peer, _peer.Median * 1e3, "rows/s");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (session, _) in _one.Concat(_pair))
        {
            await session.DisposeAsync();
        }

        await _psql.DisposeAsync();
        await _bare.DisposeAsync();
        foreach (var store in _stores)
        {
            await store.DisposeAsync();
        }
    }

    private async Task RoundAsync(int round, CancellationToken cancellationToken)
    {
        var plain = await MeasureAsync(_stores[0], Ticks, () => CopyRun.PlainAsync(_one, Ticks, cancellationToken), cancellationToken);
        var bare = await MeasureAsync(_stores[0], Ticks, () => _bare.RunAsync(cancellationToken), cancellationToken);
        var psql = await MeasureAsync(_stores[3], Ticks, () => _psql.RunAsync(cancellationToken), cancellationToken);
        var two = await MeasureAsync(_stores[1], Doubled, () => CopyRun.PlainAsync(_pair, Doubled, cancellationToken), cancellationToken);
        var full = await MeasureAsync(_stores[2], Ticks, () => CopyRun.SinkAsync(_stores[2].Sink, Ticks, cancellationToken), cancellationToken);
        if (round < 0)
        {
            return;
        }

        const double Rows = (double)Batches * CopyFeed.BatchSize;
        _plain.Add(Rows / plain.Seconds / 1e3);
        _peer.Add(Rows / psql.Seconds / 1e3);
        _two.Add(Rows / two.Seconds / 1e3);
        _full.Add(Rows / full.Seconds / 1e3);
        _work.Add(plain.Work * 1e9 / Rows);
        _bytes.Add(plain.Bytes / Rows);
        _bareWork.Add(bare.Work * 1e9 / Rows);
        _bareBytes.Add(bare.Bytes / Rows);
        _fullWork.Add(full.Work * 1e9 / Rows);
        _fullBytes.Add(full.Bytes / Rows);
    }

    private static async Task<CopyMeasure> MeasureAsync(CopyStore store, PriceTick[][] batches, Func<Task> run, CancellationToken cancellationToken)
    {
        await store.ClearAsync(batches, cancellationToken);
        var measure = await CopyMeasure.OfAsync(run);
        await store.CheckAsync(batches.Sum(batch => (long)batch.Length), store.Table, cancellationToken);
        return measure;
    }
}
