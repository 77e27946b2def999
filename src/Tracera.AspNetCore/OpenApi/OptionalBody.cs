namespace Tracera.AspNetCore;

/// <summary>The body that an endpoint takes but does not need, as endpoint metadata.</summary>
/// <param name="Type">Its shape.</param>
/// <param name="Description">What it says, and what holds without one.</param>
internal sealed record OptionalBody(Type Type, string Description);
