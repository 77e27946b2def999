namespace Tracera.AspNetCore;

/// <summary>Which series are meant: a source's name, narrowed where several series carry it.</summary>
/// <param name="Source">The source's name; null for every source.</param>
/// <param name="Currency">Only series in this currency; null for all.</param>
/// <param name="Provider">Only series of this provider; null for all.</param>
internal readonly record struct SeriesFilter(string? Source, Currency? Currency, string? Provider)
{
    public bool IsEmpty => Source is null && Currency is null && Provider is null;

    public static SeriesFilter Parse(string? source, string? currency, string? provider) =>
        new(QueryValues.Term("source", source), ParseCurrency(QueryValues.Text(currency)), QueryValues.Term("provider", provider));

    public bool Matches(Source source) =>
        (Source is null || source.Name == Source)
        && (Currency is null || source.Currency == Currency)
        && (Provider is null || source.Provider == Provider);

    private static Currency? ParseCurrency(string? code)
    {
        if (code is null)
        {
            return null;
        }

        return Tracera.Currency.TryParse(code, out var currency)
            ? currency
            : throw ProblemException.BadParameter("currency", code, "a code of three to eight letters or digits, such as USD");
    }
}
