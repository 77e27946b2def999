using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;

namespace Tracera.Realtime.Wire;

/// <summary>Reads a client's message: either a command or what is wrong with it. Unknown properties are passed over.</summary>
internal static class CommandReader
{
    private const int MaxIdLength = 64;

    public static bool TryRead(
        ReadOnlyMemory<byte> message,
        [NotNullWhen(true)] out ClientCommand? command,
        [NotNullWhen(false)] out CommandFault? fault)
    {
        command = null;
        fault = Fault(default, ErrorCode.BadJson, "The message is not a JSON object in UTF-8.");
        if (!Utf8.IsValid(message.Span))
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(message);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                (command, fault) = Read(document.RootElement);
            }
        }
        catch (JsonException)
        {
            // The fault stands already.
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair in a string.
        }

        return command is not null;
    }

    private static (ClientCommand?, CommandFault?) Read(JsonElement root)
    {
        if (!TryReadId(root, out var id))
        {
            return (null, Fault(default, ErrorCode.BadId, $"'id' is neither an integer nor a string of at most {MaxIdLength} characters."));
        }

        var action = root.TryGetProperty("action", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null;
        return action switch
        {
            "subscribe" => ReadSubscribe(root, id),
            "unsubscribe" => ReadUnsubscribe(root, id),
            "ping" => (new ClientCommand { Action = CommandAction.Ping, Id = id }, null),
            "auth" => ReadAuthenticate(root, id),
            _ => (null, Fault(id, ErrorCode.BadAction, "'action' is none of subscribe, unsubscribe, ping, auth.")),
        };
    }

    private static (ClientCommand?, CommandFault?) ReadSubscribe(JsonElement root, RequestId id)
    {
        if (ItemIdReader.Read(root) is not { } ids)
        {
            return (null, BadItemIds(id));
        }

        if (!TryReadChannels(root, out var channels))
        {
            return (null, Fault(id, ErrorCode.BadChannels, "'channels' is not an array of at least one of price, volatility."));
        }

        if (!TryReadSince(root, out var since))
        {
            return (null, Fault(id, ErrorCode.BadSince, "'since' is not a position that this hub gave."));
        }

        var batch = TryGet(root, "batch", out var wanted) ? wanted.ValueKind : JsonValueKind.Null;
        return batch is not (JsonValueKind.Null or JsonValueKind.True or JsonValueKind.False)
            ? (null, Fault(id, ErrorCode.BadBatch, "'batch' is neither true nor false."))
            : (new ClientCommand
            {
                Action = CommandAction.Subscribe,
                Id = id,
                Items = ids.Items,
                Rejected = ids.Rejected,
                Channels = channels,
                Since = since,
                Batch = batch == JsonValueKind.Null ? null : batch == JsonValueKind.True,
            }, null);
    }

    private static (ClientCommand?, CommandFault?) ReadUnsubscribe(JsonElement root, RequestId id) =>
        ItemIdReader.Read(root) is { } ids
            ? (new ClientCommand { Action = CommandAction.Unsubscribe, Id = id, Items = ids.Items, Rejected = ids.Rejected }, null)
            : (null, BadItemIds(id));

    private static (ClientCommand?, CommandFault?) ReadAuthenticate(JsonElement root, RequestId id) =>
        root.TryGetProperty("token", out var token) && token.ValueKind == JsonValueKind.String && token.GetString() is { Length: > 0 } text
            ? (new ClientCommand { Action = CommandAction.Authenticate, Id = id, Token = text }, null)
            : (null, Fault(id, ErrorCode.BadToken, "'token' is not a string of at least one character."));

    private static bool TryReadId(JsonElement root, out RequestId id)
    {
        id = default;
        if (!TryGet(root, "id", out var value))
        {
            return true;
        }

        id = new RequestId(value.GetRawText());
        return value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetInt64(out _),
            JsonValueKind.String => value.GetString()!.Length <= MaxIdLength,
            _ => false,
        };
    }

    private static bool TryReadChannels(JsonElement root, out Channels channels)
    {
        channels = Channels.All;
        if (!TryGet(root, "channels", out var names))
        {
            return true;
        }

        channels = Channels.None;
        if (names.ValueKind != JsonValueKind.Array)
        {
            return false;
        }

        foreach (var name in names.EnumerateArray())
        {
            var channel = name.ValueKind != JsonValueKind.String ? Channels.None
                : name.ValueEquals("price"u8) ? Channels.Price
                : name.ValueEquals("volatility"u8) ? Channels.Volatility
                : Channels.None;
            if (channel == Channels.None)
            {
                return false;
            }

            channels |= channel;
        }

        return channels != Channels.None;
    }

    // The position of a stream in which nothing was published yet is an empty text.
    private static bool TryReadSince(JsonElement root, out StreamPosition? since)
    {
        since = null;
        if (!TryGet(root, "since", out var text))
        {
            return true;
        }

        if (text.ValueKind == JsonValueKind.String && text.ValueEquals(""u8))
        {
            since = StreamPosition.Empty;
            return true;
        }

        return text.ValueKind == JsonValueKind.String && StreamPosition.TryParse(text.GetString(), out since);
    }

    private static bool TryGet(JsonElement root, string property, out JsonElement value) =>
        root.TryGetProperty(property, out value) && value.ValueKind != JsonValueKind.Null;

    private static CommandFault BadItemIds(RequestId id) =>
        Fault(id, ErrorCode.BadItemIds, "'item_ids' is not an array of at least one positive integer.");

    private static CommandFault Fault(RequestId id, string code, string message) => new(id, code, message);
}
