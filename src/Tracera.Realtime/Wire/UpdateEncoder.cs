using System.Buffers;
using System.Text.Json;

namespace Tracera.Realtime.Wire;

/// <summary>Encodes updates as whole JSON objects without their position, once for all clients.</summary>
/// <remarks>Not thread-safe: one scratch buffer serves every call.</remarks>
internal sealed class UpdateEncoder(RealtimeMeters meters) : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new(1_024);
    private Utf8JsonWriter? _writer;
    private FigureLayout? _layout;

    public byte[] Encode(in PriceTick tick, Source source)
    {
        var writer = Begin("price"u8, tick.Item);
        writer.WriteNumber("price"u8, tick.Price);
        writer.WriteString("currency"u8, source.Currency.Code);
        if (tick.Volume is { } volume)
        {
            writer.WriteNumber("volume"u8, volume);
        }
        else
        {
            writer.WriteNull("volume"u8);
        }

        writer.WriteString("source"u8, source.Name);
        return End(writer, tick.ObservedAt);
    }

    public byte[] Encode(VolatilitySnapshot snapshot, Source source)
    {
        if (_layout is null || !ReferenceEquals(_layout.Fields, snapshot.Fields))
        {
            _layout = new FigureLayout(snapshot.Fields);
        }

        var writer = Begin("volatility"u8, snapshot.Series.Item);
        writer.WriteString("source"u8, source.Name);
        writer.WriteString("currency"u8, source.Currency.Code);
        writer.WriteString("window"u8, snapshot.Window.Name);
        writer.WriteNumber("n"u8, snapshot.Count);
        FigureLayout.WriteFigure(writer, "mean", snapshot.Mean);
        _layout.Write(writer, snapshot);
        return End(writer, snapshot.ComputedAt);
    }

    public void Dispose() => _writer?.Dispose();

    private Utf8JsonWriter Begin(ReadOnlySpan<byte> type, ItemId item)
    {
        _buffer.ResetWrittenCount();
        _writer ??= new Utf8JsonWriter(_buffer);
        _writer.Reset(_buffer);
        _writer.WriteStartObject();
        _writer.WriteString("type"u8, type);
        _writer.WriteNumber("item_id"u8, item.Value);
        return _writer;
    }

    private byte[] End(Utf8JsonWriter writer, DateTimeOffset timestamp)
    {
        writer.WriteString("timestamp"u8, timestamp.UtcDateTime);
        writer.WriteEndObject();
        writer.Flush();
        meters.Encoded.Add(1);
        return _buffer.WrittenSpan.ToArray();
    }
}
