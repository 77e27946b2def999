using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Tracera.AspNetCore;

/// <summary>Answers a request with a problem document.</summary>
internal static class ProblemWriter
{
    public const string ContentType = "application/problem+json";

    public static Task WriteAsync(HttpContext context, ProblemAnswer problem)
    {
        context.Response.StatusCode = problem.Status;
        var answer = problem with
        {
            Title = ReasonPhrases.GetReasonPhrase(problem.Status),
            TraceId = Activity.Current?.Id ?? context.TraceIdentifier,
        };
        return context.Response.WriteAsJsonAsync(answer, ProblemJson.Shared.ProblemAnswer, ContentType, context.RequestAborted);
    }
}
