using System.Text;

namespace Tracera.Http;

/// <summary>Reads the beginning of an error's body, for a message: what the venue says is the best explanation there is.</summary>
internal static class ErrorExcerpt
{
    private const int MaxBytes = 256;

    public static async Task<string> ReadAsync(HttpContent content, SentRequest request, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxBytes];
        try
        {
            await using var body = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            var read = await body.ReadAtLeastAsync(buffer, MaxBytes, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return Clean(Encoding.UTF8.GetString(buffer, 0, read), request);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or HttpRequestException)
        {
            return "";
        }
    }

    private static string Clean(string text, SentRequest request)
    {
        text = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (text.StartsWith('<'))
        {
            return "an HTML page";
        }

        return string.Concat(request.Hide(text).Where(c => !char.IsControl(c)));
    }
}
