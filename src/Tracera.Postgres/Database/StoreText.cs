using System.Text;

namespace Tracera.Postgres;

/// <summary>Texts as PostgreSQL can keep them: without U+0000 and without halves of surrogate pairs, in whose place U+FFFD stands.</summary>
/// <remarks>For messages of others, such as the error of a run: one that cannot be stored would hold up what it tells of.</remarks>
internal static class StoreText
{
    private const char Nul = '\0';
    private const char FirstSurrogate = '\uD800';
    private const char LastSurrogate = '\uDFFF';

    public static string Of(string text)
    {
        if (!text.Contains(Nul) && !text.AsSpan().ContainsAnyInRange(FirstSurrogate, LastSurrogate))
        {
            return text;
        }

        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            kept.Append((rune.Value == Nul ? Rune.ReplacementChar : rune).ToString());
        }

        return kept.ToString();
    }
}
