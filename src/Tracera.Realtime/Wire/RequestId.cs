namespace Tracera.Realtime.Wire;

/// <summary>The client's own number or name of a request, given back with the answer.</summary>
/// <param name="Json">Its JSON text; null when the client gave none.</param>
internal readonly record struct RequestId(string? Json)
{
    public static RequestId None => default;
}
