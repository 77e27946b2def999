using System.Text.Encodings.Web;

namespace Tracera.Http;

/// <summary>A provider's key as it may turn up in an address or in what a venue says: as it is, or encoded as a part of an address or a string of JSON.</summary>
internal sealed class Secret
{
    private const int ShortestTelling = 3;
    private const string Hidden = "(hidden)";
    private readonly string[] _forms;

    /// <param name="key">The key; empty where there is none.</param>
    public Secret(string key) => _forms = key.Length == 0
        ? []
        : [.. new[] { key, Uri.EscapeDataString(key), JavaScriptEncoder.Default.Encode(key), JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(key), key.Replace("/", "\\/", StringComparison.Ordinal) }
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(form => form.Length)];

    /// <summary>The text without the key. Its last characters may be the beginning of the key, which a bound has cut.</summary>
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

    private static int CutLength(string text, string form)
    {
        for (var length = form.Length - 1; length >= ShortestTelling; length--)
        {
            if (text.EndsWith(form[..length], StringComparison.OrdinalIgnoreCase))
            {
                return length;
            }
        }

        return 0;
    }
}
