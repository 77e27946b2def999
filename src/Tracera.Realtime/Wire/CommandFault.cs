namespace Tracera.Realtime.Wire;

/// <summary>What is wrong with a client's message.</summary>
/// <param name="Id">The message's id, where it could be read.</param>
/// <param name="Code">One of <see cref="ErrorCode"/>.</param>
/// <param name="Message">What was found and what is allowed, for a person.</param>
internal sealed record CommandFault(RequestId Id, string Code, string Message);
