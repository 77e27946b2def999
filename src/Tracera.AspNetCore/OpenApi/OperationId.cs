namespace Tracera.AspNetCore;

/// <summary>The operation's id in the OpenAPI document. Not the endpoint's name, which would be unique in the whole app.</summary>
/// <param name="Value">The id.</param>
internal sealed record OperationId(string Value);
