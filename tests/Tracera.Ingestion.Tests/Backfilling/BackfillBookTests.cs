using Microsoft.Extensions.Logging.Abstractions;
using Tracera.Testing;

namespace Tracera.Ingestion.Tests.Backfilling;

public sealed class BackfillBookTests
{
    private static readonly DateTimeOffset From = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset To = From.AddHours(1);
    private static readonly RunId Run = RunId.New(From);
    private readonly ManualTimeProvider _clock = new();
    private readonly HeldCursors _cursors = new();

    [Fact]
    public async Task Settled_WithAnOlderBatch_DoesNotGoBack()
    {
        var book = await OpenAsync();
        book.Settled(Batch(From.AddMinutes(20)));
        book.Settled(Batch(From.AddMinutes(10)));

        book.Ended(Run, "p", isComplete: false);

        Assert.Equal([From.AddMinutes(20)], _cursors.Moves);
    }

    [Fact]
    public async Task Settled_WithinASecondOrWhileItIsSaved_IsSavedLater()
    {
        var book = await OpenAsync();
        book.Settled(Batch(From.AddMinutes(1)));
        Assert.Empty(_cursors.Moves);

        _clock.Advance(TimeSpan.FromSeconds(1));
        _cursors.Held = new TaskCompletionSource();
        book.Settled(Batch(From.AddMinutes(2)));
        _clock.Advance(TimeSpan.FromSeconds(1));
        book.Settled(Batch(From.AddMinutes(3)));
        Assert.Equal([From.AddMinutes(2)], _cursors.Moves);

        _cursors.Release();
        await Gate.WhenAsync(() =>
        {
            book.Settled(Batch(From.AddMinutes(4)));
            return _cursors.Moves.Count == 2;
        });
        Assert.Equal(From.AddMinutes(4), _cursors.Moves[1]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ended_WhileItIsSaved_IsToldBehindThat(bool isComplete)
    {
        var book = await OpenAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));
        _cursors.Held = new TaskCompletionSource();
        book.Settled(Batch(From.AddMinutes(2)));

        book.Ended(Run, "p", isComplete);
        Assert.Equal((1, 0), (_cursors.Moves.Count, _cursors.Closed));
        _cursors.Release();

        await Gate.WhenAsync(() => isComplete ? _cursors.Closed == 1 : _cursors.Moves.Count == 2);
        Assert.Equal((isComplete ? 1 : 2, isComplete ? 1 : 0), (_cursors.Moves.Count, _cursors.Closed));
    }

    private static PriceBatch Batch(DateTimeOffset at) => new(
        Guid.NewGuid(),
        Run,
        "p",
        new[] { new PriceTick(new ItemId(1), new SourceId(1), 1, null, UnixTime.ToMicroseconds(at), UnixTime.ToMicroseconds(at)) },
        BatchLane.Backfill);

    private async Task<BackfillBook> OpenAsync()
    {
        var book = new BackfillBook([_cursors], _clock, NullLogger<BackfillBook>.Instance);
        var context = new FetchContext("p", Run, From, new ProviderOptions());
        await foreach (var _ in book.ReadAsync(ScriptedProvider.Of(), context, From, To, TestContext.Current.CancellationToken))
        {
            Assert.Fail("It has no prices.");
        }

        return book;
    }

    private sealed class HeldCursors : IBackfillCursors
    {
        private volatile int _closed;

        /// <summary>What moves wait for; null for nothing.</summary>
        public TaskCompletionSource? Held { get; set; }

        public List<DateTimeOffset> Moves { get; } = [];

        public int Closed => _closed;

        public void Release()
        {
            var held = Held;
            Held = null;
            held!.SetResult();
        }

        public ValueTask<DateTimeOffset> OpenAsync(string provider, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) => new(from);

        public async ValueTask MoveAsync(BackfillCursor cursor, CancellationToken cancellationToken)
        {
            Moves.Add(cursor.Position);
            await (Held?.Task ?? Task.CompletedTask);
        }

        public ValueTask CloseAsync(string provider, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
        {
            _closed++;
            return default;
        }

        public ValueTask<IReadOnlyList<BackfillCursor>> ListAsync(CancellationToken cancellationToken) => new([]);
    }
}
