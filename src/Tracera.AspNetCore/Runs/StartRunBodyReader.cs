using Microsoft.AspNetCore.Http;

namespace Tracera.AspNetCore;

/// <summary>Reads the body of a request for a run, which may be missing.</summary>
internal static class StartRunBodyReader
{
    private const string Allowed = "{\"providers\": [names], \"from\": instant, \"to\": instant}, each optional";

    public static async ValueTask<RunRequest> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await OptionalJsonBody.ReadAsync(request, RunsJson.Shared.StartRunBody, Allowed, cancellationToken).ConfigureAwait(false);
        return body is null ? new RunRequest() : ToRequest(body);
    }

    private static RunRequest ToRequest(StartRunBody body)
    {
        var from = QueryValues.Instant("from", body.From);
        var to = QueryValues.Instant("to", body.To);
        if (from is null != to is null)
        {
            throw ProblemException.BadParameter(from is null ? "from" : "to", null, "both 'from' and 'to', or neither");
        }

        if (from >= to)
        {
            throw ProblemException.BadParameter("from", body.From, "an instant before 'to'");
        }

        return (body.Providers ?? []).Any(name => name is null)
            ? throw ProblemException.BadParameter("providers", "null", "names of providers")
            : new RunRequest(body.Providers, from, to);
    }
}
