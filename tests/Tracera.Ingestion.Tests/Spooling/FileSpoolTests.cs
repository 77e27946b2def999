namespace Tracera.Ingestion.Tests.Spooling;

public sealed class FileSpoolTests : IDisposable
{
    private readonly SpoolBench _bench = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Batches_Appended_AreReadBackInOrderAndWhole()
    {
        await using var spool = await _bench.OpenAsync();
        var batches = Enumerable.Range(1, 20).Select(n => SpoolBench.Batch(n, n)).ToList();

        Assert.Equal(20, await spool.AppendAsync(batches, Token));
        Assert.Equal((20, 210L), (spool.Status.Batches, spool.Status.Ticks));
        var read = await SpoolBench.AllAsync(spool);

        Assert.Equal(batches.Select(batch => (batch.Id, batch.RunId, batch.Provider, batch.Lane)), read.Select(batch => (batch.Id, batch.RunId, batch.Provider, batch.Lane)));
        Assert.Equal(batches.SelectMany(batch => batch.Ticks.ToArray()), read.SelectMany(batch => batch.Ticks.ToArray()));
        Assert.Equal(210, spool.Status.Ticks);
    }

    [Fact]
    public async Task Reopen_AfterSomeWereAcknowledged_GivesTheOthersAgain()
    {
        await using (var spool = await _bench.OpenAsync())
        {
            await spool.AppendAsync([.. Enumerable.Range(1, 5).Select(n => SpoolBench.Batch(n))], Token);
            for (var n = 1; n <= 4; n++)
            {
                await spool.ReadAsync(Token);
            }

            await spool.AcknowledgeAsync(SpoolBench.Batch(3).Id, Token);
            Assert.Equal(2, spool.Status.Ticks);
        }

        await using var again = await _bench.OpenAsync();
        Assert.Equal(2, again.Status.Batches);
        Assert.Equal([4, 5], (await SpoolBench.AllAsync(again)).Select(Number));
    }

    [Fact]
    public async Task File_CutOffAtAnyByte_GivesExactlyTheBatchesThatAreWhole()
    {
        List<long> ends = [];
        await using (var spool = await _bench.OpenAsync())
        {
            for (var n = 1; n <= 6; n++)
            {
                await spool.AppendAsync([SpoolBench.Batch(n, n)], Token);
                ends.Add(new FileInfo(SpoolBench.Segment(_bench.Folder)).Length);
            }
        }

        for (var length = 0L; length <= ends[^1]; length++)
        {
            var copy = _bench.Copy($"{length}");
            using (var file = File.OpenWrite(SpoolBench.Segment(copy)))
            {
                file.SetLength(length);
            }

            var whole = ends.Count(end => end <= length);
            await using (var spool = await _bench.OpenAsync(folder: copy))
            {
                Assert.Equal(Enumerable.Range(1, whole), (await SpoolBench.AllAsync(spool)).Select(Number));
                Assert.Equal(1, await spool.AppendAsync([SpoolBench.Batch(99)], Token));
            }

            await using var again = await _bench.OpenAsync(folder: copy);
            Assert.Equal([.. Enumerable.Range(1, whole), 99], (await SpoolBench.AllAsync(again)).Select(Number));
            Assert.Equal(0, again.Status.DamagedTicks);
        }
    }

    [Fact]
    public async Task File_DamagedAtAnyByte_GivesNothingThatWasNotThere()
    {
        await using (var spool = await _bench.OpenAsync())
        {
            await spool.AppendAsync([.. Enumerable.Range(1, 4).Select(n => SpoolBench.Batch(n, n))], Token);
        }

        var originals = Enumerable.Range(1, 4).Select(n => SpoolBench.Batch(n, n)).SelectMany(batch => batch.Ticks.ToArray()).ToHashSet();
        var length = new FileInfo(SpoolBench.Segment(_bench.Folder)).Length;
        for (var at = 0; at < length; at++)
        {
            var copy = _bench.Copy($"{at}");
            var bytes = await File.ReadAllBytesAsync(SpoolBench.Segment(copy), Token);
            bytes[at] ^= 0x55;
            await File.WriteAllBytesAsync(SpoolBench.Segment(copy), bytes, Token);

            await using var spool = await _bench.OpenAsync(folder: copy);
            Assert.All((await SpoolBench.AllAsync(spool)).SelectMany(batch => batch.Ticks.ToArray()), tick => Assert.Contains(tick, originals));
        }
    }

    [Fact]
    public async Task Mark_CutOffAtAnyByte_SkipsNothing()
    {
        await using (var spool = await _bench.OpenAsync())
        {
            await spool.AppendAsync([.. Enumerable.Range(1, 5).Select(n => SpoolBench.Batch(n))], Token);
            for (var n = 1; n <= 3; n++)
            {
                await spool.AcknowledgeAsync((await spool.ReadAsync(Token))!.Value.Id, Token);
            }
        }

        var length = new FileInfo(Path.Combine(_bench.Folder, "mark")).Length;
        for (var at = 0; at <= length; at++)
        {
            var copy = _bench.Copy($"{at}");
            using (var file = File.OpenWrite(Path.Combine(copy, "mark")))
            {
                file.SetLength(at);
            }

            await using var spool = await _bench.OpenAsync(folder: copy);
            var read = (await SpoolBench.AllAsync(spool)).Select(Number).ToList();
            Assert.Equal(Enumerable.Range(6 - read.Count, read.Count), read);
            Assert.True(read.Count >= 2);
        }
    }

    [Fact]
    public async Task Batch_DamagedWhileItLies_IsCountedAndTheNextIsRead()
    {
        await using var spool = await _bench.OpenAsync();
        await spool.AppendAsync([SpoolBench.Batch(1, 3), SpoolBench.Batch(2, 5)], Token);
        using (var file = new FileStream(SpoolBench.Segment(_bench.Folder), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Position = 40;
            file.WriteByte(0xEE);
        }

        Assert.Equal(2, Number((await spool.ReadAsync(Token))!.Value));
        Assert.Equal((3L, 5L, 1), (spool.Status.DamagedTicks, spool.Status.Ticks, spool.Status.Batches));
    }

    [Fact]
    public async Task Append_DiskThatFailsAtTheNextSegment_SaysWhatIsInTheSpool()
    {
        await using var spool = await _bench.OpenAsync(capacity: 10_000);
        var inTheWay = Path.Combine(_bench.Folder, "000000000002.spool");
        Directory.CreateDirectory(inTheWay);
        var batches = Enumerable.Range(1, 30).Select(n => SpoolBench.Batch(n)).ToList();

        var taken = await spool.AppendAsync(batches, Token);

        Assert.InRange(taken, 1, 29);
        Assert.Equal(taken, spool.Status.Batches);
        await Assert.ThrowsAnyAsync<Exception>(async () => await spool.AppendAsync([.. batches.Skip(taken)], Token));
        Directory.Delete(inTheWay);
        Assert.Equal(30 - taken, await spool.AppendAsync([.. batches.Skip(taken)], Token));
        Assert.Equal(Enumerable.Range(1, 30), (await SpoolBench.AllAsync(spool)).Select(Number));
    }

    [Fact]
    public async Task Spool_Full_TakesNoMoreUntilRoomIsFreed()
    {
        await using var spool = await _bench.OpenAsync(capacity: 10_000);
        var batches = Enumerable.Range(1, 50).Select(n => SpoolBench.Batch(n, 50)).ToList();

        var taken = await spool.AppendAsync(batches, Token);
        Assert.InRange(taken, 5, 45);
        Assert.InRange(spool.Status.Bytes, 1, 10_000);
        Assert.Equal(0, await spool.AppendAsync(batches, Token));

        for (var n = 0; n < taken - 1; n++)
        {
            await spool.AcknowledgeAsync((await spool.ReadAsync(Token))!.Value.Id, Token);
        }

        Assert.True(await spool.AppendAsync([.. batches.Skip(taken)], Token) > 0);
        Assert.Equal(Enumerable.Range(taken, spool.Status.Batches), (await SpoolBench.AllAsync(spool)).Select(Number));
    }

    [Fact]
    public async Task Segments_AllAcknowledged_AreRemovedAndTheNumbersGoOn()
    {
        await using (var spool = await _bench.OpenAsync(capacity: 100_000))
        {
            await spool.AppendAsync([.. Enumerable.Range(1, 30).Select(n => SpoolBench.Batch(n, 100))], Token);
            Assert.True(Directory.GetFiles(_bench.Folder, "*.spool").Length > 3);
            foreach (var batch in await SpoolBench.AllAsync(spool))
            {
                await spool.AcknowledgeAsync(batch.Id, Token);
            }

            Assert.Empty(Directory.GetFiles(_bench.Folder, "*.spool"));
            Assert.Equal((0, 0L, 0L), (spool.Status.Batches, spool.Status.Ticks, spool.Status.Bytes));
        }

        await using var again = await _bench.OpenAsync();
        Assert.Null(await again.ReadAsync(Token));
        await again.AppendAsync([SpoolBench.Batch(31)], Token);
        Assert.Equal(31, Number((await again.ReadAsync(Token))!.Value));
    }

    [Fact]
    public async Task Folder_UsedByAnother_IsRefusedAndNamed()
    {
        await using var spool = await _bench.OpenAsync();
        await using var second = _bench.Spool();

        var error = await Assert.ThrowsAsync<IOException>(async () => await second.OpenAsync(Token));

        Assert.Contains(_bench.Folder, error.Message, StringComparison.Ordinal);
    }

    private static int Number(PriceBatch batch) => (int)batch.Ticks.Span[0].Price;
}
