namespace Tracera.Realtime.Wire;

/// <summary>The codes of <c>error</c> messages.</summary>
internal static class ErrorCode
{
    public const string BadJson = "bad_json";
    public const string NotText = "not_text";
    public const string BadAction = "bad_action";
    public const string BadId = "bad_id";
    public const string BadItemIds = "bad_item_ids";
    public const string BadChannels = "bad_channels";
    public const string BadSince = "bad_since";
    public const string BadBatch = "bad_batch";
    public const string BadToken = "bad_token";
    public const string NoAuthentication = "authentication_not_used";
    public const string TooManyItems = "too_many_items";
}
