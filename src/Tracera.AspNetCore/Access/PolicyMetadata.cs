namespace Tracera.AspNetCore;

/// <summary>Says on an endpoint which policy guards it.</summary>
/// <param name="Policy">The policy's name.</param>
internal sealed record PolicyMetadata(string Policy);
