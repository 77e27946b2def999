using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Tracera.AspNetCore;

/// <summary>The OpenAPI document of Tracera's endpoints, apart from any that the app has of its own.</summary>
internal static class ApiDocument
{
    public const string Name = "tracera-v1";

    public static void Configure(OpenApiOptions options)
    {
        options.ShouldInclude = IsOurs;
        options.AddSchemaTransformer(SchemaTransformer.TransformAsync);
        options.AddOperationTransformer(OperationTransformer.TransformAsync);
        options.AddDocumentTransformer(static (document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Tracera",
                Version = "v1",
                Description = "Prices, their history and their volatility. Prices are exact decimals in major units of the currency beside them; times are UTC, "
                    + "ISO 8601; a number that does not exist is null. Errors are problem documents (RFC 9457).",
            };
            document.Servers?.Clear();
            document.Tags?.Clear();
            return Task.CompletedTask;
        });
    }

    private static bool IsOurs(ApiDescription endpoint) => endpoint.ActionDescriptor.EndpointMetadata.Any(static entry => entry is OperationId);
}
