using System.Buffers;
using System.Text.Json;

namespace Tracera.AspNetCore;

/// <summary>Writes a <see cref="LatestPricesAnswer"/> straight from what was read: this answer is asked for more often than any other, and has the most rows.</summary>
internal static class LatestPricesWriter
{
    public static readonly JsonWriterOptions Options = new() { Encoder = ApiJson.Encoder, SkipValidation = true };
    private static readonly JsonEncodedText Items = JsonEncodedText.Encode("items");
    private static readonly JsonEncodedText Stale = JsonEncodedText.Encode("stale");
    private static readonly JsonEncodedText Position = JsonEncodedText.Encode("position");
    private static readonly JsonEncodedText ItemId = JsonEncodedText.Encode("item_id");
    private static readonly JsonEncodedText SourceName = JsonEncodedText.Encode("source");
    private static readonly JsonEncodedText Provider = JsonEncodedText.Encode("provider");
    private static readonly JsonEncodedText Price = JsonEncodedText.Encode("price");
    private static readonly JsonEncodedText CurrencyCode = JsonEncodedText.Encode("currency");
    private static readonly JsonEncodedText Volume = JsonEncodedText.Encode("volume");
    private static readonly JsonEncodedText ObservedAt = JsonEncodedText.Encode("observed_at");
    private static readonly JsonEncodedText ReceivedAt = JsonEncodedText.Encode("received_at");

    public static void Write(LatestReading reading, PriceRows rows, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteStartArray(Items);
        var found = ArrayPool<PriceRow>.Shared.Rent(reading.Prices.Count);
        rows.Of(reading.Prices, found);
        foreach (var row in found.AsSpan(0, reading.Prices.Count))
        {
            json.WriteRawValue(row.Json, skipInputValidation: true);
        }

        ArrayPool<PriceRow>.Shared.Return(found, clearArray: true);
        json.WriteEndArray();
        json.WriteBoolean(Stale, reading.Stale);
        json.WriteString(Position, reading.Position);
        json.WriteEndObject();
    }

    /// <summary>Writes one row.</summary>
    public static void Write(Utf8JsonWriter json, in PriceTick tick, Source source)
    {
        json.WriteStartObject();
        json.WriteNumber(ItemId, tick.Item.Value);
        json.WriteString(SourceName, source.Name);
        json.WriteString(Provider, source.Provider);
        json.WriteNumber(Price, tick.Price);
        json.WriteString(CurrencyCode, source.Currency.Code);
        if (tick.Volume is { } volume)
        {
            json.WriteNumber(Volume, volume);
        }
        else
        {
            json.WriteNull(Volume);
        }

        json.WriteString(ObservedAt, tick.ObservedAt.UtcDateTime);
        json.WriteString(ReceivedAt, tick.ReceivedAt.UtcDateTime);
        json.WriteEndObject();
    }
}
