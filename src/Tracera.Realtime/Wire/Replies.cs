using System.Buffers;
using System.Text.Json;

namespace Tracera.Realtime.Wire;

/// <summary>Writes the answers to one client.</summary>
internal static class Replies
{
    public static byte[] Subscribed(RequestId id, IEnumerable<ItemId> items, IEnumerable<string> rejected, string position, bool? recovered) =>
        Write("subscribed", id, writer =>
        {
            WriteItems(writer, items, rejected);
            writer.WriteString("position"u8, position);
            if (recovered is { } known)
            {
                writer.WriteBoolean("recovered"u8, known);
            }
            else
            {
                writer.WriteNull("recovered"u8);
            }
        });

    public static byte[] Unsubscribed(RequestId id, IEnumerable<ItemId> items, IEnumerable<string> rejected) =>
        Write("unsubscribed", id, writer => WriteItems(writer, items, rejected));

    public static byte[] Pong(RequestId id) => Write("pong", id, static _ => { });

    public static byte[] Authenticated(RequestId id) => Write("authenticated", id, static _ => { });

    public static byte[] Error(CommandFault fault) =>
        Write("error", fault.Id, writer =>
        {
            writer.WriteString("code"u8, fault.Code);
            writer.WriteString("message"u8, fault.Message);
        });

    private static void WriteItems(Utf8JsonWriter writer, IEnumerable<ItemId> items, IEnumerable<string> rejected)
    {
        writer.WriteStartArray("item_ids"u8);
        foreach (var item in items)
        {
            writer.WriteNumberValue(item.Value);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("rejected"u8);
        foreach (var json in rejected)
        {
            writer.WriteRawValue(json);
        }

        writer.WriteEndArray();
    }

    private static byte[] Write(string type, RequestId id, Action<Utf8JsonWriter> body)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("type"u8, type);
        writer.WritePropertyName("id"u8);
        writer.WriteRawValue(id.Json ?? "null");
        body(writer);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
