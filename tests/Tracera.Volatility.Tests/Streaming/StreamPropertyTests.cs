using System.Globalization;
using Microsoft.Extensions.Options;
using Tracera.Testing;
using Tracera.Volatility.Engine;
using Tracera.Volatility.Metrics.Bollinger;
using Tracera.Volatility.Metrics.Cov;
using Tracera.Volatility.Metrics.EwmaVol;
using Tracera.Volatility.Metrics.LogReturnVol;
using Tracera.Volatility.Metrics.PercentChange;
using Tracera.Volatility.Metrics.StdDev;
using Tracera.Volatility.Metrics.Trend;
using Tracera.Volatility.Metrics.VolatilityScore;
using Tracera.Volatility.Streaming;
using Tracera.Volatility.Tests.Support;
using Tracera.Volatility.Worker;

namespace Tracera.Volatility.Tests.Streaming;

/// <summary>Streaming equals batch; TRACERA_STREAM_TICKS and TRACERA_STREAM_SEEDS set the scale, in full 1,000,000 and 100.</summary>
public sealed class StreamPropertyTests
{
    private const double Tolerance = 1e-9;
    private const int LeastStreamed = 10;
    private const long Hour = 3_600_000_000;
    private static readonly DateTimeOffset Start = new(2026, 2, 3, 4, 30, 0, TimeSpan.Zero);

    [Fact]
    public async Task Streaming_LateRepeatedCorrectedAndShuffledTicks_EqualsBatch()
    {
        var (ticks, seeds) = (Setting("TRACERA_STREAM_TICKS", 60_000), Setting("TRACERA_STREAM_SEEDS", 3));
        for (var seed = 1; seed <= seeds; seed++)
        {
            using var storm = new Storm(seed);
            await storm.RunAsync(ticks);
        }
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private sealed class Storm : IDisposable
    {
        private readonly int _seed;
        private readonly ManualTimeProvider _clock = new(Start);
        private readonly ExactStore _store = new();
        private readonly TestMeters _meters = new();
        private readonly IOptions<VolatilityOptions> _options = Options.Create(new VolatilityOptions());
        private readonly FigureWriter _writer;
        private readonly VolatilityEngine _engine;
        private readonly StreamBook _book;
        private readonly SeriesFiller _filler;
        private readonly StreamFigures _figures;
        private readonly WindowFigures[] _read = new WindowFigures[Window.All.Length];
        private readonly int[] _windowsRead = new int[1];
        private readonly List<SeriesKey> _changed = [];
        private int _streamed;
        private int _asked;
        private int _compared;

        public Storm(int seed)
        {
            _seed = seed;
            var metrics = TestEngine.Set(
                new StdDevMetric(), new BollingerMetric(_options), new PercentChangeMetric(), new CovMetric(), new TrendMetric(), new LogReturnVolMetric(), new EwmaVolMetric(),
                new VolatilityScoreMetric(_options));
            _writer = new FigureWriter(metrics, _options);
            _engine = TestEngine.Create(_meters);
            _book = new StreamBook(_options, _writer, _clock);
            _filler = new SeriesFiller(_book, _clock, _meters.Volatility);
            _figures = new StreamFigures(_book, _writer, new StoreFigures(_engine, _clock, _meters.Volatility, _store), _clock, _meters.Volatility);
        }

        public async Task RunAsync(int count)
        {
            var from = UnixTime.ToMicroseconds(Start);
            var arrivals = TickStorm.Make(count, _seed, from, 48 * Hour);
            var (batch, nextPass, passes) = (new List<PriceTick>(), from, 0);
            foreach (var (arrivesAt, tick) in arrivals)
            {
                if (arrivesAt >= nextPass || batch.Count == 500)
                {
                    Offer(batch);
                }

                while (arrivesAt >= nextPass)
                {
                    await PassAsync(nextPass, passes++ % 16 == 15);
                    nextPass += Hour / 20;
                }

                batch.Add(tick);
            }

            Offer(batch);
            await PassAsync(nextPass, true);
            await PassAsync(nextPass + 60_000_000, true);
            TestContext.Current.TestOutputHelper?.WriteLine($"Seed {_seed}: {_streamed} windows from what was added up, {_asked} from the store, {_compared} compared.");
            Assert.True(_streamed > LeastStreamed * _asked, $"Streamed {_streamed}, asked the store {_asked}.");
            Assert.Equal(TickStorm.Series * Window.All.Length, Compare(everything: true));
        }

        public void Dispose() => _meters.Dispose();

        private void Offer(List<PriceTick> batch)
        {
            if (batch.Count == 0)
            {
                return;
            }

            MoveTo(batch[^1].ReceivedAtMicroseconds);
            batch.ForEach(tick => _store.Write(tick));
            _book.Offer(batch.ToArray());
            batch.Clear();
        }

        private async Task PassAsync(long at, bool compare)
        {
            MoveTo(at);
            await _filler.FillAsync(_store, _book.Settlers().Ready, TestContext.Current.CancellationToken);
            await EmitAsync();
            if (compare)
            {
                Compare(everything: false);
            }
        }

        // What a pass does with the live series that changed; the store answers for the windows that cannot be read.
        private async Task EmitAsync()
        {
            _changed.Clear();
            _book.TakeChanged(_changed);
            var before = _store.WindowsRead;
            var figures = await _figures.ComputeAsync(_changed, Window.All, TestContext.Current.CancellationToken);
            _asked += _store.WindowsRead - before;
            _streamed += figures.Count - (_store.WindowsRead - before);
        }

        // What can be read here must equal the store; what cannot is asked from the store anyway.
        private int Compare(bool everything)
        {
            var (now, compared) = (_clock.GetUtcNow(), 0);
            foreach (var series in _store.Series)
            {
                _book.Read(new[] { series }, Window.All, now, _read, _windowsRead);
                if (_book.Newest(series) is null && !everything)
                {
                    continue;
                }

                foreach (var window in Window.All)
                {
                    compared++;
                    if ((_windowsRead[0] >> window.Index & 1) == 0)
                    {
                        continue;
                    }

                    _compared++;
                    Same(_engine.Compute(_store.Window(series, window, now), now), _figures.Snapshot(series, window, _read[window.Index], now));
                }
            }

            return compared;
        }

        private void Same(VolatilitySnapshot stored, VolatilitySnapshot streamed)
        {
            var what = $"seed {_seed}, item {stored.Series.Item}, {stored.Window} at {stored.ComputedAt:O}";
            Assert.True(stored.Count == streamed.Count, $"{what}: {streamed.Count} ticks instead of {stored.Count}");
            Close.Assert(stored.Mean, streamed.Mean, Tolerance, $"{what}: mean");
            for (var i = 0; i < stored.Fields.Count; i++)
            {
                Close.Assert(stored.ValueAt(i), streamed.ValueAt(i), Tolerance, $"{what}: {stored.Fields[i]}");
            }
        }

        private void MoveTo(long at)
        {
            var by = UnixTime.FromMicroseconds(at) - _clock.GetUtcNow();
            if (by > TimeSpan.Zero)
            {
                _clock.Advance(by);
            }
        }
    }
}
