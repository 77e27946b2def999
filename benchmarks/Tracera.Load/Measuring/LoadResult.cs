using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tracera.Load;

/// <summary>One line of results.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Ours">Tracera's figure.</param>
/// <param name="Peer">What it is compared with.</param>
/// <param name="Theirs">The peer's figure, measured in the same run.</param>
/// <param name="Ratio">Ours in terms of theirs; null where theirs is 0.</param>
/// <param name="Unit">The unit of both figures.</param>
internal sealed record LoadResult(string Name, double Ours, string Peer, double Theirs, double? Ratio, string Unit)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Makes a result whose ratio is ours divided by theirs.</summary>
    public static LoadResult Of(string name, double ours, string peer, double theirs, string unit) =>
        new(name, Rounded(ours), peer, Rounded(theirs), theirs == 0 ? null : Math.Round(ours / theirs, 2), unit);

    /// <summary>The result as one line of JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    private static double Rounded(double figure) => Math.Round(figure, Math.Abs(figure) < 1_000 ? 2 : 0);
}
