using System.Text.Json;

namespace Tracera.Testing.Tests;

/// <summary>How an <see cref="AcmeProvider"/> reads a row.</summary>
internal sealed class AcmeRows(AcmeFlaw flaw)
{
    private static readonly SourceDescriptor Source = new("acme", Currency.Usd, VolumeKind: VolumeKind.Stock);

    private int _count;

    public RawPrice? Read(JsonElement row, FetchContext context)
    {
        if (flaw == AcmeFlaw.Empty)
        {
            return null;
        }

        if (row.ValueKind != JsonValueKind.Object || !row.TryGetProperty("name", out var name) || name.ValueKind != JsonValueKind.String)
        {
            return flaw switch
            {
                AcmeFlaw.EndsAtBadRow => throw new ProviderException(ProviderFailure.BadPayload, "a row is bad"),
                AcmeFlaw.SkipsBadRow => null,
                _ => Reject(context, RejectReasons.BadRow, row),
            };
        }

        if (flaw == AcmeFlaw.Strict && row.EnumerateObject().Count() > 3)
        {
            return Reject(context, RejectReasons.BadRow, row);
        }

        if (!row.TryGetProperty("price", out var value) || value.ValueKind != JsonValueKind.Number || !value.TryGetDecimal(out var price) || price < 0)
        {
            return flaw == AcmeFlaw.SkipsBadValue ? null : Reject(context, flaw == AcmeFlaw.Sentence ? "No price here." : RejectReasons.BadPrice, row);
        }

        if (price == 0 && flaw != AcmeFlaw.ZeroPrice)
        {
            return Reject(context, RejectReasons.NoPrice, row);
        }

        var hasTime = row.TryGetProperty("at", out var at);
        DateTimeOffset time = default;
        if (hasTime && (at.ValueKind != JsonValueKind.String || !at.TryGetDateTimeOffset(out time)))
        {
            return Reject(context, RejectReasons.BadRow, row);
        }

        decimal? stock = row.TryGetProperty("stock", out var units) && units.ValueKind == JsonValueKind.Number ? units.GetDecimal() : null;
        return stock < 0 && flaw != AcmeFlaw.NegativeVolume ? Reject(context, RejectReasons.BadVolume, row) : Make(context, name.GetString()!, price, stock, hasTime ? time : null);
    }

    private static RawPrice? Reject(FetchContext context, string reason, JsonElement row)
    {
        context.Reject(null, reason, row.GetRawText());
        return null;
    }

    private RawPrice Make(FetchContext context, string name, decimal price, decimal? stock, DateTimeOffset? at)
    {
        if (flaw == AcmeFlaw.KeyInSample)
        {
            context.Reject(name, RejectReasons.BadRow, $"asked with {AcmeProvider.Key}");
        }

        var source = flaw switch
        {
            AcmeFlaw.NewDescriptors => Source with { },
            AcmeFlaw.NoCurrency => NoCurrency,
            AcmeFlaw.OddCurrency when context.Currency != Currency.Usd => OddCurrency,
            _ => Source,
        };
        return new RawPrice(
            "acme:items",
            flaw == AcmeFlaw.BlankName ? " " : name,
            flaw switch { AcmeFlaw.Float => (decimal)(double)price, AcmeFlaw.Counting => price + ++_count, _ => price },
            source,
            stock,
            flaw == AcmeFlaw.Future ? context.ScheduledAt.AddHours(1) : at);
    }

    private static SourceDescriptor NoCurrency { get; } = Source with { Currency = default };

    private static SourceDescriptor OddCurrency { get; } = Source with { Currency = Currency.Parse("GBP") };
}
