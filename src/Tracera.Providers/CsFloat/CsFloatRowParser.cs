using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Tracera.Providers;

/// <summary>Reads rows of the price list: <c>{"market_hash_name":"…","quantity":3,"min_price":1450}</c>, the price in whole US cents.</summary>
/// <remarks>
/// The vendor writes JSON integers; a number in quotes, a fraction or an exponent is not of the known shape and is never guessed at. What
/// is wrong is told in the order name, price, quantity; fields that are not known are skipped.
/// </remarks>
internal sealed class CsFloatRowParser(FetchContext context)
{
    private const string Category = "steam:730";
    private const byte CentDigits = 2;
    private static readonly SourceDescriptor Source = new("csfloat", Currency.Usd, PriceKind.LowestAsk, VolumeKind.Stock);

    public bool TryParse(in ReadOnlySequence<byte> row, out RawPrice price)
    {
        price = default;
        var reader = new Utf8JsonReader(row, new JsonReaderOptions { MaxDepth = 512 });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return Reject(null, RejectReasons.BadRow, row);
        }

        var fields = Read(ref reader);
        if (string.IsNullOrWhiteSpace(fields.Name))
        {
            return Reject(null, RejectReasons.BadName, row);
        }

        if (FaultOf(fields) is { } reason)
        {
            return Reject(fields.Name, reason, row);
        }

        price = new RawPrice(Category, fields.Name, ToDollars(fields.Cents.Value), Source, fields.Quantity.Value);
        return true;
    }

    private static string? FaultOf(in CsFloatFields fields) => fields switch
    {
        { Cents.IsAbsent: true } => RejectReasons.NoPrice,
        { Cents.IsInteger: false } or { Cents.Value: < 0 } => RejectReasons.BadPrice,
        { Cents.Value: 0 } => RejectReasons.NoPrice,
        { Quantity.IsInteger: false } or { Quantity.Value: < 0 } => RejectReasons.BadVolume,
        { Quantity.Value: 0 } => RejectReasons.NoPrice,
        _ => null,
    };

    private static CsFloatFields Read(ref Utf8JsonReader reader)
    {
        var fields = default(CsFloatFields);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("market_hash_name"u8))
            {
                reader.Read();
                fields.Name = ReadName(ref reader);
            }
            else if (reader.ValueTextEquals("min_price"u8))
            {
                reader.Read();
                fields.Cents = JsonInteger.Read(ref reader);
            }
            else if (reader.ValueTextEquals("quantity"u8))
            {
                reader.Read();
                fields.Quantity = JsonInteger.Read(ref reader);
            }
            else
            {
                reader.Read();
            }

            reader.Skip();
        }

        return fields;
    }

    private static string? ReadName(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Well-formed JSON whose text is no Unicode: half a surrogate pair, or bytes that are no UTF-8.
            return null;
        }
    }

    private static decimal ToDollars(long cents) =>
        new(unchecked((int)cents), (int)(cents >> 32), 0, isNegative: false, CentDigits);

    private bool Reject(string? name, string reason, in ReadOnlySequence<byte> row)
    {
        context.Reject(name, reason, Encoding.UTF8.GetString(row.Slice(0, Math.Min(row.Length, Rejection.MaxSampleLength))));
        return false;
    }
}
