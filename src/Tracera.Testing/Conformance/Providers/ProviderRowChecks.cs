using System.Globalization;
using System.Text.Json;

namespace Tracera.Testing;

/// <summary>What is promised of rows that are not as they should be. The kit spoils rows of the served answer itself.</summary>
internal static class ProviderRowChecks
{
    private const int MostRows = 20;
    private const int MostLeaves = 40;
    private const int MostDecimals = 12;

    private static readonly string[] BadRows = ["null", "\"text\"", "42", "[]", "{}", "true"];
    private static readonly string[] BadValues = ["null", "\"not a number\"", "-1", "{}", "0"];

    public static IReadOnlyList<(ConformanceRule Rule, Func<ProviderBench, Task> Check)> All { get; } =
    [
        (ProviderRules.RejectsBadRows, BadRowsAsync),
        (ProviderRules.LosesNoRow, BadValuesAsync),
        (ProviderRules.UnknownFields, UnknownFieldsAsync),
        (ProviderRules.ExactDecimals, ExactDecimalsAsync),
    ];

    private static async Task BadRowsAsync(ProviderBench bench)
    {
        if (bench.RowsFor(ProviderRules.RejectsBadRows) is not { } json)
        {
            return;
        }

        var good = json.Rows.Take(MostRows).Select(row => (row.Key, row.Value.GetRawText())).ToList();
        var whole = await bench.FetchAsync(json.With(good)).ConfigureAwait(false);
        foreach (var bad in BadRows)
        {
            var spoilt = JsonBody.Named([bad]).Concat(good.Take(1)).Concat(JsonBody.Named([bad]).Select(row => (row.Key + "again", row.Value))).Concat(good.Skip(1));
            var cycle = await bench.FetchAsync(json.With(spoilt)).ConfigureAwait(false);
            bench.Findings.Expect(
                ProviderRules.RejectsBadRows,
                cycle.Error is null && cycle.Prices.SequenceEqual(whole.Prices) && cycle.Rejections.Count >= whole.Rejections.Count + 2,
                $"With two rows {bad} among {good.Count} rows it gave {cycle}; without them {whole}.");
        }
    }

    private static async Task BadValuesAsync(ProviderBench bench)
    {
        if (bench.RowsFor(ProviderRules.LosesNoRow) is not { } json || await GoodRowAsync(bench, json, ProviderRules.LosesNoRow).ConfigureAwait(false) is not { } row)
        {
            return;
        }

        var whole = await bench.FetchAsync(json.With([(row.Key, row.Value.GetRawText())])).ConfigureAwait(false);
        foreach (var (path, _) in JsonLeaves.Of(row.Value).Take(MostLeaves))
        {
            foreach (var bad in BadValues)
            {
                var spoilt = JsonBody.Named([JsonLeaves.Replace(row.Value, path, bad)]).Prepend((row.Key, row.Value.GetRawText()));
                var cycle = await bench.FetchAsync(json.With(spoilt)).ConfigureAwait(false);
                bench.Findings.Expect(
                    ProviderRules.LosesNoRow,
                    cycle.Error is null && cycle.Prices.Take(whole.Prices.Count).SequenceEqual(whole.Prices) && cycle.Rows > whole.Rows,
                    $"With a second row whose {path} is {bad} it gave {cycle}; without it {whole}.");
            }
        }
    }

    private static async Task UnknownFieldsAsync(ProviderBench bench)
    {
        if (bench.RowsFor(ProviderRules.UnknownFields) is not { } json)
        {
            return;
        }

        var rows = json.Rows.Where(row => row.Value.ValueKind == JsonValueKind.Object && row.Value.EnumerateObject().Any()).Take(MostRows).ToList();
        var whole = await bench.FetchAsync(json.With(rows.Select(row => (row.Key, row.Value.GetRawText())))).ConfigureAwait(false);
        var further = rows.Select(row => (row.Key, $"{{\"tracera_unknown\":{{\"a\":[1,{{\"b\":null}}]}},{row.Value.GetRawText().TrimStart()[1..]}"));
        var cycle = await bench.FetchAsync(json.With(further)).ConfigureAwait(false);
        bench.Findings.Expect(
            ProviderRules.UnknownFields, cycle.Error is null && cycle.Prices.SequenceEqual(whole.Prices), $"With a field that is not known it gave {cycle}; without it {whole}.");
    }

    // A value of the row that is the price, as it is or scaled, is replaced by one that no binary float holds.
    private static async Task ExactDecimalsAsync(ProviderBench bench)
    {
        if (bench.RowsFor(ProviderRules.ExactDecimals) is not { } json || await GoodRowAsync(bench, json, ProviderRules.ExactDecimals).ConfigureAwait(false) is not { } row)
        {
            return;
        }

        var whole = await bench.FetchAsync(json.With([(row.Key, row.Value.GetRawText())])).ConfigureAwait(false);
        var prices = PricesIn(row.Value, whole.Prices[0].Price).ToList();
        bench.Findings.Expect(
            ProviderRules.ExactDecimals, prices.Count > 0, $"It cannot be looked at, because no value of a row is its price {whole.Prices[0].Price}, as it is or scaled. Except the rule and say why.");
        foreach (var (path, value, scale) in prices)
        {
            var fine = scale == 1 ? 90_071_992_547_409.93m : 9_007_199_254_740_993m;
            var text = fine.ToString(CultureInfo.InvariantCulture);
            var spoilt = JsonLeaves.Replace(row.Value, path, value.ValueKind == JsonValueKind.String ? $"\"{text}\"" : text);
            var cycle = await bench.FetchAsync(json.With([(row.Key, spoilt)])).ConfigureAwait(false);
            bench.Findings.Expect(
                ProviderRules.ExactDecimals,
                cycle.Prices.Count == 0 || cycle.Prices[0].Price == fine / scale || cycle.Prices[0].Price == whole.Prices[0].Price,
                $"Of {text} at {path} it made the price {(cycle.Prices.Count == 0 ? 0 : cycle.Prices[0].Price)} in place of {fine / scale}.");
        }
    }

    private static IEnumerable<(string Path, JsonElement Value, decimal Scale)> PricesIn(JsonElement row, decimal price)
    {
        foreach (var (path, value) in JsonLeaves.Of(row).Take(MostLeaves))
        {
            if (NumberOf(value) is { } number && ScaleBetween(number, price) is { } scale)
            {
                yield return (path, value, scale);
            }
        }
    }

    private static decimal? NumberOf(JsonElement value)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.String => value.GetString(),
            _ => null,
        };
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
    }

    private static decimal? ScaleBetween(decimal number, decimal price)
    {
        var scale = 1m;
        for (var i = 0; i <= MostDecimals; i++, scale *= 10)
        {
            if (number / scale == price)
            {
                return scale;
            }
        }

        return null;
    }

    /// <summary>The first row that gives a price by itself; where there is none the rule cannot be looked at.</summary>
    private static async Task<(string Key, JsonElement Value)?> GoodRowAsync(ProviderBench bench, JsonBody json, ConformanceRule rule)
    {
        foreach (var row in json.Rows.Take(MostRows))
        {
            if ((await bench.FetchAsync(json.With([(row.Key, row.Value.GetRawText())])).ConfigureAwait(false)).Prices.Count > 0)
            {
                return row;
            }
        }

        bench.Findings.Expect(rule, false, $"It cannot be looked at, because none of the first {MostRows} rows of the served answer gives a price by itself.");
        return null;
    }
}
