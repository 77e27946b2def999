using System.Text.Encodings.Web;

namespace Tracera.Http;

/// <summary>Secrets as they may turn up in an address or in what a venue says: as they are, or encoded as a part of an address or a string of JSON.</summary>
internal sealed class Secret
{
    private const int ShortestTelling = 3;
    private const string Hidden = "(hidden)";
    private readonly string[] _forms;

    /// <param name="values">The secrets; an empty one is none.</param>
    public Secret(IEnumerable<string> values) => _forms =
    [
        .. values.Where(value => value.Length > 0)
            .SelectMany(Forms)
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(form => form.Length),
    ];

    /// <summary>The text without the secrets. Its last characters may be the beginning of one, which a bound has cut.</summary>
    public string Hide(string text)
    {
        foreach (var form in _forms)
        {
            // Of what is encoded, the case of the digits is free.
            text = text.Replace(form, Hidden, StringComparison.OrdinalIgnoreCase);
        }

        var cut = _forms.Select(form => CutLength(text, form)).DefaultIfEmpty().Max();
        return cut == 0 ? text : text[..^cut] + Hidden;
    }

    private static IEnumerable<string> Forms(string value) =>
    [
        value,
        Uri.EscapeDataString(value),
        JavaScriptEncoder.Default.Encode(value),
        JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value),
        value.Replace("/", "\\/", StringComparison.Ordinal),
    ];

    private static int CutLength(string text, string form)
    {
        for (var length = Math.Min(form.Length - 1, text.Length); length >= ShortestTelling; length--)
        {
            if (text.AsSpan().EndsWith(form.AsSpan(0, length), StringComparison.OrdinalIgnoreCase))
            {
                return length;
            }
        }

        return 0;
    }
}
