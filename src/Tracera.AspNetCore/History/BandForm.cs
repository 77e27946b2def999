namespace Tracera.AspNetCore;

/// <summary>Which bands are asked for: the simple moving average of N closes, plus and less k population standard deviations.</summary>
/// <param name="Period">N.</param>
/// <param name="Width">k.</param>
internal readonly record struct BandForm(int Period, double Width)
{
    /// <summary>Null where no bands are asked for.</summary>
    public static BandForm? Parse(HistoryRequest request)
    {
        var period = QueryValues.Whole("period", request.Period, QueryValues.MinBandPeriod, QueryValues.MaxBandPeriod);
        var width = QueryValues.Above("k", request.Width, QueryValues.MaxBandWidth);
        if (QueryValues.Flag("bands", request.Bands))
        {
            return new BandForm(period ?? QueryValues.DefaultBandPeriod, width ?? QueryValues.DefaultBandWidth);
        }

        Refuse("period", request.Period);
        Refuse("k", request.Width);
        return null;
    }

    private static void Refuse(string parameter, string? text)
    {
        if (QueryValues.Text(text) is { } value)
        {
            throw ProblemException.BadParameter(parameter, value, "only together with 'bands=true'");
        }
    }
}
