using System.Globalization;
using System.Net;
using System.Text;

namespace Tracera.Testing;

/// <summary>What is promised when the venue does not answer as it should.</summary>
internal static class ProviderFailureChecks
{
    private const int RetryAfterSeconds = 120;
    private const string Html = "<!DOCTYPE html><html><head><title>Just a moment</title></head><body>Checking your browser</body></html>";

    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(30);

    public static IReadOnlyList<(ConformanceRule Rule, Func<ProviderBench, Task> Check)> All { get; } =
    [
        (ProviderRules.TruncatedBody, TruncatedAsync),
        (ProviderRules.HtmlBody, HtmlAsync),
        (ProviderRules.Auth, bench => StatusAsync(bench, ProviderRules.Auth, HttpStatusCode.Unauthorized, ProviderFailure.Auth)),
        (ProviderRules.Auth, bench => StatusAsync(bench, ProviderRules.Auth, HttpStatusCode.Forbidden, ProviderFailure.Auth)),
        (ProviderRules.NotFound, bench => StatusAsync(bench, ProviderRules.NotFound, HttpStatusCode.NotFound, ProviderFailure.NotFound)),
        (ProviderRules.RateLimited, RateLimitedAsync),
        (ProviderRules.Transient, bench => StatusAsync(bench, ProviderRules.Transient, HttpStatusCode.InternalServerError, ProviderFailure.Transient)),
        (ProviderRules.Transient, BrokenAsync),
    ];

    private static async Task TruncatedAsync(ProviderBench bench)
    {
        if (bench.RowsFor(ProviderRules.TruncatedBody) is null)
        {
            return;
        }

        var whole = await bench.FetchAsync(bench.Subject.Body).ConfigureAwait(false);
        foreach (var length in new[] { bench.Subject.Body.Length / 2, bench.Subject.Body.AsSpan().TrimEnd(" \r\n\t"u8).Length - 1 })
        {
            var cycle = await bench.FetchAsync(bench.Subject.Body[..length]).ConfigureAwait(false);
            Expect(bench, ProviderRules.TruncatedBody, cycle, ProviderFailure.BadPayload, $"After {length} of {bench.Subject.Body.Length} bytes of the answer");
            bench.Findings.Expect(
                ProviderRules.TruncatedBody, cycle.Prices.SequenceEqual(whole.Prices.Take(cycle.Prices.Count)), "The prices before the end are not those of the whole answer.");
        }
    }

    private static async Task HtmlAsync(ProviderBench bench)
    {
        foreach (var contentType in new[] { "text/html", "application/json" })
        {
            var cycle = await bench.FetchAsync(_ => Venue.Answer(HttpStatusCode.OK, Text(Html), contentType), isWhole: false).ConfigureAwait(false);
            Expect(bench, ProviderRules.HtmlBody, cycle, ProviderFailure.BadPayload, $"To a page of HTML with status 200 as {contentType}");
        }
    }

    private static async Task StatusAsync(ProviderBench bench, ConformanceRule rule, HttpStatusCode status, ProviderFailure failure)
    {
        var cycle = await bench.FetchAsync(request => Refusal(request, status), isWhole: false).ConfigureAwait(false);
        Expect(bench, rule, cycle, failure, $"To the status {(int)status}");
    }

    private static async Task RateLimitedAsync(ProviderBench bench)
    {
        var earliest = bench.Findings.Time.GetUtcNow() + TimeSpan.FromSeconds(RetryAfterSeconds);
        var cycle = await bench.FetchAsync(
            request =>
            {
                var answer = Refusal(request, HttpStatusCode.TooManyRequests);
                answer.Headers.Add("Retry-After", RetryAfterSeconds.ToString(CultureInfo.InvariantCulture));
                return answer;
            },
            isWhole: false).ConfigureAwait(false);
        Expect(bench, ProviderRules.RateLimited, cycle, ProviderFailure.RateLimited, "To the status 429");
        var retryAt = (cycle.Error as ProviderException)?.RetryAt;
        bench.Findings.Expect(
            ProviderRules.RateLimited,
            retryAt >= earliest - TimeSpan.FromSeconds(1) && retryAt <= bench.Findings.Time.GetUtcNow() + TimeSpan.FromSeconds(RetryAfterSeconds) + Tolerance,
            $"To a Retry-After of {RetryAfterSeconds} s at {earliest - TimeSpan.FromSeconds(RetryAfterSeconds):O} RetryAt is {retryAt?.ToString("O", CultureInfo.InvariantCulture) ?? "not set"}.");
    }

    private static async Task BrokenAsync(ProviderBench bench)
    {
        var cycle = await bench.FetchAsync(_ => throw new HttpRequestException("The connection was refused."), isWhole: false).ConfigureAwait(false);
        Expect(bench, ProviderRules.Transient, cycle, ProviderFailure.Transient, "To a connection that is refused");
    }

    private static void Expect(ProviderBench bench, ConformanceRule rule, ProviderCycle cycle, ProviderFailure failure, string what)
    {
        var kind = cycle.Error switch
        {
            ProviderException exception => exception.Failure,
            null or OperationCanceledException => (ProviderFailure?)null,
            _ => ProviderFailure.Transient,
        };
        bench.Findings.Expect(rule, kind == failure, $"{what} it gave {cycle}; expected is a {nameof(ProviderException)} ({failure}).");
    }

    // A venue that repeats what it was sent, as some do.
    private static HttpResponseMessage Refusal(HttpRequestMessage request, HttpStatusCode status)
    {
        var echo = string.Join(' ', request.Headers.NonValidated.SelectMany(header => header.Value.AsEnumerable())).Replace("\"", "'", StringComparison.Ordinal);
        return Venue.Answer(status, Text($"{{\"error\":\"refused {request.RequestUri!.Query} {echo}\"}}"), "application/json");
    }

    private static MemoryStream Text(string text) => new(Encoding.UTF8.GetBytes(text));
}
