using System.Text.Json;

namespace Tracera.Realtime.Tests.Fixtures;

/// <summary>Short ways to look into messages.</summary>
public static class JsonElementExtensions
{
    public static string? Text(this JsonElement element, string property) => element.GetProperty(property).GetString();

    public static decimal Price(this JsonElement element) => element.GetProperty("price").GetDecimal();

    public static string Raw(this JsonElement element, string property) => element.GetProperty(property).GetRawText();

    public static IReadOnlyList<JsonElement> List(this JsonElement element, string property) => [.. element.GetProperty(property).EnumerateArray()];
}
