using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Tracera.AspNetCore;

/// <summary>Says on an endpoint what the OpenAPI document shows.</summary>
internal static class EndpointDescriptions
{
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder endpoint, string id, string summary, string description) =>
        endpoint.WithMetadata(new OperationId(id)).WithSummary(summary).WithDescription(description);

    public static RouteHandlerBuilder TakesOptionally<T>(this RouteHandlerBuilder endpoint, string description) =>
        endpoint.WithMetadata(new OptionalBody(typeof(T), description));

    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder endpoint, int status = StatusCodes.Status200OK) =>
        endpoint.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(T), ["application/json"]));

    public static RouteHandlerBuilder AnswersNothing(this RouteHandlerBuilder endpoint, int status) =>
        endpoint.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(void)));

    public static RouteHandlerBuilder Fails(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
        {
            endpoint.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(ProblemAnswer), [ProblemWriter.ContentType]));
        }

        return endpoint;
    }
}
