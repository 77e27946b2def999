using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tracera.AspNetCore;

/// <summary>Turns what an endpoint throws into a problem document. Errors of the program itself go on to the app's exception handler.</summary>
internal static class ErrorBoundary
{
    public static void AddTo(IEndpointConventionBuilder endpoints) => endpoints.Add(static endpoint =>
    {
        if (endpoint.RequestDelegate is { } inner)
        {
            endpoint.RequestDelegate = context => RunAsync(context, inner);
        }
    });

    private static async Task RunAsync(HttpContext context, RequestDelegate inner)
    {
        try
        {
            await inner(context).ConfigureAwait(false);
        }
        catch (ProblemException exception)
        {
            await ProblemWriter.WriteAsync(context, exception.Problem).ConfigureAwait(false);
        }
        catch (BadHttpRequestException exception)
        {
            await ProblemWriter.WriteAsync(context, Refused(exception)).ConfigureAwait(false);
        }
        catch (FormatException exception) when (HasCursor(context))
        {
            await ProblemWriter.WriteAsync(context, BadCursor(context, exception)).ConfigureAwait(false);
        }
        catch (Exception exception) when (StoreErrors.IsAway(exception) && !context.Response.HasStarted)
        {
            if (context.RequestServices.GetRequiredService<Outage>().Begins())
            {
                ApiLog.StoreAway(Logger(context), exception, context.Request.Method, context.Request.Path);
            }

            await WriteStoreAwayAsync(context).ConfigureAwait(false);
        }
    }

    private static bool HasCursor(HttpContext context) => context.Request.Query.ContainsKey("cursor");

    private static ProblemAnswer Refused(BadHttpRequestException exception) =>
        new() { Status = exception.StatusCode, Code = ProblemCodes.BadRequest, Detail = exception.Message };

    private static ProblemAnswer BadCursor(HttpContext context, FormatException exception) => new()
    {
        Status = StatusCodes.Status400BadRequest,
        Code = ProblemCodes.BadParameter,
        Detail = exception.Message,
        Parameter = "cursor",
        Value = context.Request.Query["cursor"],
        Allowed = "the 'next' of the page before",
    };

    private static Task WriteStoreAwayAsync(HttpContext context)
    {
        var wait = context.RequestServices.GetRequiredService<IOptions<ApiOptions>>().Value.RetryAfter;
        context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return ProblemWriter.WriteAsync(context, new ProblemAnswer
        {
            Status = StatusCodes.Status503ServiceUnavailable,
            Code = ProblemCodes.StoreUnavailable,
            Detail = "The store cannot be reached now; the same request may succeed later.",
        });
    }

    private static ILogger Logger(HttpContext context) =>
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Tracera.AspNetCore.Api");
}
