namespace Tracera.Testing;

/// <summary>What came of one cycle.</summary>
internal sealed record ProviderCycle(IReadOnlyList<RawPrice> Prices, IReadOnlyList<Rejection> Rejections, Exception? Error)
{
    public int Rows => Prices.Count + Rejections.Count;

    public override string ToString() =>
        $"{Prices.Count} prices, {Rejections.Count} rejected rows{(Error is null ? "" : $", and {Error.GetType().Name}{(Error is ProviderException failure ? $" ({failure.Failure})" : "")}: {Error.Message}")}";
}
