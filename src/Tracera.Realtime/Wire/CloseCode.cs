namespace Tracera.Realtime.Wire;

/// <summary>The codes a connection ends with: 4000 to 4499 invite the client to connect again, 4500 to 4999 do not.</summary>
internal static class CloseCode
{
    public const int Normal = 1000;
    public const int GoingAway = 1001;

    /// <summary>Never sent: the connection broke or was cut.</summary>
    public const int Broken = 1006;
    public const int TooBig = 1009;
    public const int InternalError = 1011;
    public const int Slow = 4008;
    public const int InsufficientState = 4010;
    public const int BadProtocol = 4501;
    public const int NotAllowed = 4503;
    public const int TooMany = 4505;

    /// <summary>What the close frame says beside the code.</summary>
    public static string ReasonOf(int code) => code switch
    {
        Normal => "bye",
        GoingAway => "the server shuts down",
        TooBig => "a message is larger than 4096 bytes",
        InternalError => "an error of the server",
        Slow => "the client stopped reading",
        InsufficientState => "no snapshot can be read now",
        BadProtocol => "too many mistaken messages",
        NotAllowed => "not authenticated",
        TooMany => "too many connections or messages",
        _ => string.Empty,
    };
}
