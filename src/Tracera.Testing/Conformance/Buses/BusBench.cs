namespace Tracera.Testing;

/// <summary>What the checks of a bus do with it.</summary>
internal sealed class BusBench(BusUnderTest bus, Findings findings)
{
    private static readonly string[] Fields = ["stddev"];

    public BusUnderTest Bus { get; } = bus;

    public Findings Findings { get; } = findings;

    /// <summary>A tick of a series, so many milliseconds after the first.</summary>
    public PriceTick Tick(int series, int at, int receivedAfter = 0, decimal price = 1)
    {
        var observed = UnixTime.ToMicroseconds(Bus.Now.AddHours(-1).AddMilliseconds(at));
        return new PriceTick(Bus.Series[series].Item, Bus.Series[series].Source, price, 1, observed, observed + (receivedAfter * 1_000));
    }

    public async Task WriteAsync(params PriceTick[] ticks) => await WriteAsync(BatchLane.Live, ticks).ConfigureAwait(false);

    public async Task WriteAsync(BatchLane lane, params PriceTick[] ticks) =>
        await WriteAsync(new PriceBatch(Guid.NewGuid(), new RunId(Guid.NewGuid()), "conformance", ticks, lane)).ConfigureAwait(false);

    public async Task WriteAsync(PriceBatch batch) => await Findings.StepAsync(() => Bus.Sink.WriteAsync(batch, Findings.Token).AsTask(), "A write").ConfigureAwait(false);

    public VolatilitySnapshot Figure(int series, Window window, double value) =>
        new(Bus.Series[series], window, 3, 1, Fields, new[] { value }, Bus.Now.AddMinutes(value));

    public Task PublishAsync(params VolatilitySnapshot[] figures) =>
        Findings.StepAsync(() => Bus.Publisher.PublishAsync(figures, Findings.Token).AsTask(), "A publication");

    public async Task<BusListener> ListenAsync() =>
        new(await Findings.StepAsync(() => Bus.Source.SubscribeAsync(Findings.Token).AsTask(), "A subscription").ConfigureAwait(false), Findings);
}
