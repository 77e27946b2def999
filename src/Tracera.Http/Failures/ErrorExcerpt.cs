using System.Text;

namespace Tracera.Http;

/// <summary>Reads the beginning of an error's body, for a message: what the venue says is the best explanation there is.</summary>
internal static class ErrorExcerpt
{
    private const int MaxBytes = 256;
    private const int ShortestTelling = 3;
    private const string Hidden = "(hidden)";

    public static async Task<string> ReadAsync(HttpContent content, string secret, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxBytes];
        try
        {
            await using var body = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            var read = await body.ReadAtLeastAsync(buffer, MaxBytes, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return Clean(Encoding.UTF8.GetString(buffer, 0, read), secret);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or HttpRequestException)
        {
            return "";
        }
    }

    private static string Clean(string text, string secret)
    {
        text = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (text.StartsWith('<'))
        {
            return "an HTML page";
        }

        return string.Concat(Hide(text, secret).Where(c => !char.IsControl(c)));
    }

    // The last characters may be the beginning of a secret that the bound has cut.
    private static string Hide(string text, string secret)
    {
        if (secret.Length == 0)
        {
            return text;
        }

        text = text.Replace(secret, Hidden, StringComparison.Ordinal);
        for (var length = secret.Length - 1; length >= ShortestTelling; length--)
        {
            if (text.EndsWith(secret[..length], StringComparison.Ordinal))
            {
                return text[..^length] + Hidden;
            }
        }

        return text;
    }
}
