namespace Tracera.Realtime.Wire;

/// <summary>What a client asks for.</summary>
internal enum CommandAction
{
    Subscribe,
    Unsubscribe,
    Ping,
    Authenticate,
}
