using System.Globalization;

namespace Tracera.Load;

/// <summary>The figures of several rounds.</summary>
internal sealed class Samples(string name)
{
    private readonly List<double> _figures = [];

    public double Median => _figures.Order().ElementAt(_figures.Count / 2);

    public void Add(double figure) => _figures.Add(figure);

    /// <summary>The least, the median and the most, for a person who wonders about the noise.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{name}: {_figures.Min():N1} … {Median:N1} … {_figures.Max():N1} of {_figures.Count}");
}
