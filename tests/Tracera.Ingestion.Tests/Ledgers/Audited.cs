namespace Tracera.Ingestion.Tests;

/// <summary>A rig whose providers and sinks are counted outside: three providers, a store and another sink.</summary>
internal sealed class Audited : IAsyncDisposable
{
    public const int Providers = 3;
    public const int RowsPerCycle = 200;

    /// <param name="betweenPumpAndStore">What stands between the pump and the store; null for nothing.</param>
    /// <param name="isHeldUp">Whether the store waits until it is released.</param>
    public Audited(Func<IPriceSink, Rig, IPriceSink>? betweenPumpAndStore = null, bool isHeldUp = false)
    {
        Rig.Configure("Ingestion:BatchSize", "10").Configure("Sinks:other:Overflow", "Wait");
        Target = new HeldSink("store", Rig.Outside) { IsHeldUp = isHeldUp };
        var store = betweenPumpAndStore?.Invoke(Target, Rig) ?? Target;
        (Rig.Durable.Write, Rig.Durable.IsCounted, Rig.IsAudited) = (store.WriteAsync, false, false);
        Rig.AddSink("other");
        for (var number = 0; number < Providers; number++)
        {
            var own = number;
            Rig.Add(
                $"p{own}",
                new ScriptedProvider((context, _) => Rows(context, own).ToAsyncEnumerable()),
                options => options.Interval = TimeSpan.FromMinutes(1));
        }
    }

    public Rig Rig { get; } = new();

    public HeldSink Target { get; }

    public IReadOnlyList<string> Violations(bool isStopped = false) => Rig.Outside.Violations(Rig.Control.GetPipeline(), comparesOffers: true, isStopped);

    public ValueTask DisposeAsync() => Rig.DisposeAsync();

    private static decimal PriceOf(int provider, int n) => (provider * 1_000_000) + n + 1;

    private static IEnumerable<RawPrice> Rows(FetchContext context, int number)
    {
        for (var n = 0; n < RowsPerCycle; n++)
        {
            switch (n % 20)
            {
                case 7:
                    context.Reject($"{n}", "odd");
                    break;
                case 11:
                    yield return ScriptedProvider.Row($"{n}", 0);
                    break;
                case 13:
                    yield return ScriptedProvider.Row($"p{number} {n - 1}", PriceOf(number, n - 1));
                    break;
                default:
                    yield return ScriptedProvider.Row($"p{number} {n}", PriceOf(number, n));
                    break;
            }
        }
    }
}
