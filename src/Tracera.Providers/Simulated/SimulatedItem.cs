namespace Tracera.Providers;

/// <summary>An item of the simulated market and its character, made once.</summary>
internal sealed class SimulatedItem
{
    private const double MedianLogPrice = 1.5;
    private const double LogPriceSpread = 1.9;
    private const double MinUsualPrice = 0.02;
    private const double MaxUsualPrice = 20_000;
    private const double MaxUnits = 1e15;
    private const int LargestLot = 12;
    private readonly ulong _key;
    private readonly double _usualUnits;
    private readonly byte _digits;
    private readonly int _lot;

    public SimulatedItem(int index, long seed)
    {
        Name = SimulatedNames.Of(index);
        _key = SimulatedNoise.Hash(unchecked((ulong)seed), index);
        var usual = Math.Clamp(Math.Exp(MedianLogPrice + (LogPriceSpread * SimulatedNoise.Normal(_key, -1))), MinUsualPrice, MaxUsualPrice);
        _digits = (byte)(usual < 1 ? 4 : 2);
        _usualUnits = usual * (_digits == 4 ? 10_000 : 100);
        _lot = 1 + (int)(LargestLot / (1 + usual));
    }

    public string Name { get; }

    /// <summary>The price in whole units of its last decimal, one at least, so that the decimal is exact.</summary>
    public decimal PriceAt(long microseconds, double volatility)
    {
        var deviation = SimulatedPath.DeviationAt(_key, (double)microseconds / UnixTime.MicrosecondsPerSecond, volatility);
        var units = (long)Math.Clamp(Math.Round(_usualUnits * Math.Exp(deviation)), 1, MaxUnits);
        return new decimal(unchecked((int)units), (int)(units >> 32), 0, isNegative: false, _digits);
    }

    /// <summary>Units traded: cheap items in larger lots.</summary>
    public decimal VolumeAt(long microseconds) => 1 + (int)(SimulatedNoise.Uniform(_key ^ 0xF0F0, microseconds) * _lot);

    /// <summary>A number from 0 to 1 for a question about the item at a time; questions are told apart by the salt.</summary>
    public double Chance(ulong salt, long index) => SimulatedNoise.Uniform(_key ^ (salt << 32), index);
}
