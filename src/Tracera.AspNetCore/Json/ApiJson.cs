using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Tracera.AspNetCore;

/// <summary>How every answer is written, whatever the app's own JSON options say: the contract does not depend on them.</summary>
internal static class ApiJson
{
    /// <summary>What is escaped in strings: what JSON asks for, and what could end a script or a tag.</summary>
    public static JavaScriptEncoder Encoder { get; } = JavaScriptEncoder.Create(UnicodeRanges.All);

    /// <summary>New options for one generated context. A context owns its options.</summary>
    public static JsonSerializerOptions NewOptions() => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        Encoder = Encoder,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };
}
