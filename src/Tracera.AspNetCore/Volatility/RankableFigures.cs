namespace Tracera.AspNetCore;

/// <summary>The figures that items can be ranked by: those of the contract and those of the app's own metrics.</summary>
/// <remarks>Where no metric is registered, figures come from another host's, and only it knows their names: any is taken, and one that nobody computes ranks nothing.</remarks>
internal sealed class RankableFigures(IEnumerable<MetricRegistration> registrations, IServiceProvider services)
{
    private readonly Lazy<string[]> _names = new(
        () => [.. FigureNames.Figures.Union(registrations.SelectMany(registration => registration.Factory(services).Fields))]);

    /// <summary>The name of the figure; the volatility score where none is asked for.</summary>
    public string Parse(string? text)
    {
        if (QueryValues.Text(text) is not { } name)
        {
            return MetricFields.VolatilityScore;
        }

        return !registrations.Any() || _names.Value.Contains(name)
            ? name
            : throw ProblemException.BadParameter("by", name, string.Join(", ", _names.Value));
    }
}
