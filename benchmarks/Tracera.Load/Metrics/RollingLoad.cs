using System.Diagnostics;
using Tracera.Volatility.Kernels;

namespace Tracera.Load;

/// <summary>The rolling window of 20 over many items: 1,024 items, 1,000 steps each.</summary>
internal sealed class RollingLoad
{
    private const int Items = 1_024;
    private const int Steps = 1_000;
    private const double Width = 2;
    private readonly int _lanes = RollingKernel.Lanes;
    private readonly double[][] _tiles;
    private readonly double[][] _series;
    private readonly double[] _figures = new double[RollingKernel.Figures * Steps * 8];

    public RollingLoad()
    {
        var random = new Random(3);
        _series = [.. Enumerable.Range(0, Items).Select(_ => Enumerable.Range(0, RollingKernel.Period + Steps).Select(_ => 100 + (0.01 * random.NextDouble())).ToArray())];
        _tiles = [.. _series.Chunk(_lanes).Select(tile => Enumerable.Range(0, RollingKernel.Period + Steps).SelectMany(row => tile.Select(prices => prices[row])).ToArray())];
    }

    /// <summary>Nanoseconds a point, ours.</summary>
    public double Ours()
    {
        var startedAt = Stopwatch.GetTimestamp();
        foreach (var tile in _tiles)
        {
            RollingKernel.Run(tile, _lanes, Steps, Width, _figures);
        }

        return Stopwatch.GetElapsedTime(startedAt).TotalNanoseconds / Items / Steps;
    }

    /// <summary>Nanoseconds a point, the peer's.</summary>
    public double Theirs()
    {
        var startedAt = Stopwatch.GetTimestamp();
        foreach (var prices in _series)
        {
            RollingPeer.Run(prices, _figures);
        }

        return Stopwatch.GetElapsedTime(startedAt).TotalNanoseconds / Items / Steps;
    }

    /// <summary>Both compute the same on calm prices, else the figures mean nothing.</summary>
    public void Check()
    {
        RollingKernel.Run(_tiles[0], _lanes, Steps, Width, _figures);
        var ours = _figures.ToArray();
        RollingPeer.Run(_series[0], _figures);
        for (var step = 0; step < Steps; step++)
        {
            var differ = Math.Abs(ours[step * _lanes] - _figures[step * RollingKernel.Figures]) > 1e-6 ? 1 : 0;
            WrongCountException.ThrowUnless(0, differ, $"Upper bands that differ at step {step}");
        }
    }
}
