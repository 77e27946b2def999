using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Tracera.Testing.Tests;

/// <summary>A provider by the book, or with one flaw: <c>[{"name":"…","price":1.25,"stock":3}]</c>.</summary>
internal sealed class AcmeProvider : IPriceProvider
{
    public const string Key = "acme-key-of-tests";
    public const string Body = """[{"name":"A","price":1.25,"stock":3},{"name":"B","price":0.1,"stock":0},{"name":"C","price":700,"stock":12}]""";

    private readonly HttpClient _http;
    private readonly AcmeFlaw _flaw;
    private readonly AcmeRows _rows;
    private int _cycles;

    public AcmeProvider(HttpMessageHandler venue, AcmeFlaw flaw = AcmeFlaw.None)
        : this(new HttpClient(venue) { BaseAddress = new Uri("https://acme.test/") }) =>
        (_flaw, _rows) = (flaw, new AcmeRows(flaw));

    public AcmeProvider(HttpClient http)
    {
        _http = http;
        _rows = new AcmeRows(AcmeFlaw.None);
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {Key}");
    }

    /// <summary>What it asks with, and says when it is refused.</summary>
    public string Query { get; init; } = "";

    public async IAsyncEnumerable<RawPrice> FetchAsync(FetchContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_flaw == AcmeFlaw.FailsAgain && _cycles++ > 0)
        {
            throw new ProviderException(ProviderFailure.Permanent, "acme answers once");
        }

        var token = _flaw == AcmeFlaw.Deaf ? CancellationToken.None : cancellationToken;
        using var answer = await _http.GetAsync("prices" + Query, HttpCompletionOption.ResponseHeadersRead, _flaw == AcmeFlaw.DeafToHeaders ? default : token);
        if (_flaw == AcmeFlaw.NotFoundIsEmpty && answer.StatusCode == HttpStatusCode.NotFound)
        {
            yield break;
        }

        if (!answer.IsSuccessStatusCode && _flaw != AcmeFlaw.IgnoresStatus)
        {
            throw await RefusedAsync(answer, token);
        }

        await using var body = await answer.Content.ReadAsStreamAsync(token);
        await foreach (var row in RowsAsync(body, token))
        {
            if (_rows.Read(row, context) is { } price)
            {
                yield return price;
            }
        }
    }

    private async Task<ProviderException> RefusedAsync(HttpResponseMessage answer, CancellationToken token)
    {
        var said = _flaw == AcmeFlaw.EchoesAnswer ? await answer.Content.ReadAsStringAsync(token) : "";
        var kind = answer.StatusCode switch
        {
            _ when _flaw == AcmeFlaw.PermanentFailures => ProviderFailure.Permanent,
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden when _flaw != AcmeFlaw.AuthIsTransient => ProviderFailure.Auth,
            HttpStatusCode.NotFound => ProviderFailure.NotFound,
            HttpStatusCode.TooManyRequests => ProviderFailure.RateLimited,
            _ => ProviderFailure.Transient,
        };
        var retryAt = _flaw == AcmeFlaw.NoRetryAt ? null : TimeProvider.System.GetUtcNow() + answer.Headers.RetryAfter?.Delta;
        return new ProviderException(kind, $"acme answered {(int)answer.StatusCode} {Query} {said}", retryAt);
    }

    private async IAsyncEnumerable<JsonElement> RowsAsync(Stream body, [EnumeratorCancellation] CancellationToken token)
    {
        if (_flaw == AcmeFlaw.Buffers)
        {
            var whole = new MemoryStream();
            await body.CopyToAsync(whole, token);
            whole.Position = 0;
            body = whole;
        }

        await using var rows = JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(body, cancellationToken: token).GetAsyncEnumerator(token);
        while (await NextAsync(rows))
        {
            yield return rows.Current;
        }
    }

    private async Task<bool> NextAsync(IAsyncEnumerator<JsonElement> rows)
    {
        try
        {
            return await rows.MoveNextAsync();
        }
        catch (JsonException) when (_flaw == AcmeFlaw.IgnoresTruncation)
        {
            return false;
        }
        catch (JsonException exception) when (_flaw != AcmeFlaw.JsonException)
        {
            throw new ProviderException(ProviderFailure.BadPayload, "acme answered something else", innerException: exception);
        }
        catch (OperationCanceledException exception) when (_flaw == AcmeFlaw.CancelsAsFailure)
        {
            throw new ProviderException("acme went away", exception);
        }
    }
}
