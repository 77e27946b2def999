using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Tracera;
using Tracera.Http;

namespace CustomProvider;

/// <summary>Asks Acme for the lowest ask and the stock of everything on one of its markets.</summary>
/// <remarks>A row of the answer: <c>{"symbol":"Brass Lantern","ask":12.40,"stock":31,"time":"2026-01-01T00:00:00Z"}</c>.</remarks>
public sealed class AcmeProvider(HttpClient http, AcmeOptions options) : IPriceProvider
{
    private static readonly SourceDescriptor Source = new("acme", Currency.Eur, PriceKind.LowestAsk, VolumeKind.Stock);
    private readonly string _category = $"acme:{options.Market}";

    public async IAsyncEnumerable<RawPrice> FetchAsync(FetchContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var body = await http.GetStreamAsync($"quotes?market={options.Market}", cancellationToken);
        bool Parse(in ReadOnlySequence<byte> row, out RawPrice price) => TryParse(context, row, out price);
        await foreach (var price in JsonRows.ReadAsync<RawPrice>(context, body, Parse, cancellationToken))
        {
            yield return price;
        }
    }

    private bool TryParse(FetchContext context, in ReadOnlySequence<byte> row, out RawPrice price)
    {
        var quote = ReadQuote(row);
        var reason = quote is null ? RejectReasons.BadRow
            : string.IsNullOrWhiteSpace(quote.Symbol) ? RejectReasons.BadName
            : quote.Ask is not > 0 ? (quote.Ask < 0 ? RejectReasons.BadPrice : RejectReasons.NoPrice)
            : quote.Stock < 0 ? RejectReasons.BadVolume : null;
        price = reason is null ? new RawPrice(_category, quote!.Symbol!, quote.Ask!.Value, Source, quote.Stock, quote.Time) : default;
        if (reason is not null)
        {
            context.Reject(quote?.Symbol, reason, Encoding.UTF8.GetString(row.Slice(0, Math.Min(row.Length, Rejection.MaxSampleLength))));
        }

        return reason is null;
    }

    private static Quote? ReadQuote(in ReadOnlySequence<byte> row)
    {
        var reader = new Utf8JsonReader(row);
        return JsonSerializer.Deserialize<Quote>(ref reader, JsonSerializerOptions.Web);
    }

    private sealed record Quote(string? Symbol, decimal? Ask, decimal? Stock, DateTimeOffset? Time);
}
