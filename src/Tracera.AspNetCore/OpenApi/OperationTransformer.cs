using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Tracera.AspNetCore;

/// <summary>Adds to an operation what its signature does not say: its id, what parameters allow, and headers.</summary>
internal static class OperationTransformer
{
    public static async Task TransformAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        operation.OperationId = context.Description.ActionDescriptor.EndpointMetadata.OfType<OperationId>().Last().Value;
        operation.Tags?.Clear();
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            parameter.Schema = ParameterSchemas.Find(operation.OperationId, parameter.Name) ?? parameter.Schema;
        }

        AddHeader(operation, "503", "Retry-After", "Seconds until another try makes sense.");
        AddHeader(operation, "401", "WWW-Authenticate", "How to sign in.");
        AddHeader(operation, "202", "Location", "The run's address.");
        if (operation.OperationId == "readLatestPrices")
        {
            AddHeader(operation, "200", "ETag", "Stands for the prices of the answer.");
        }

        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<OptionalBody>().LastOrDefault() is { } body)
        {
            var schema = await context.GetOrCreateSchemaAsync(body.Type, null, cancellationToken).ConfigureAwait(false);
            operation.RequestBody = RequestBody(body.Description, schema);
        }
    }

    // Said here and not on the endpoint, where routing would refuse another content type without a problem document.
    private static OpenApiRequestBody RequestBody(string description, OpenApiSchema schema) => new()
    {
        Description = description,
        Required = false,
        Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = schema } },
    };

    private static void AddHeader(OpenApiOperation operation, string status, string name, string description)
    {
        if (operation.Responses?.GetValueOrDefault(status) is OpenApiResponse response && response.Content?.ContainsKey("application/json") != (status == "503"))
        {
            response.Headers ??= new Dictionary<string, IOpenApiHeader>();
            response.Headers[name] = new OpenApiHeader { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
        }
    }
}
