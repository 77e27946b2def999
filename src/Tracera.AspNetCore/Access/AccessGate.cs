using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Tracera.AspNetCore;

/// <summary>Guards endpoints by a policy and answers 401 or 403 as a problem document: never a redirect, and without any authentication scheme.</summary>
/// <remarks>
/// The authorization middleware would hand a refusal to the default scheme, which may redirect, or throw where there is none. So the policy is evaluated
/// here, before the request's parameters are read, with the user that the app's authentication found.
/// </remarks>
internal static class AccessGate
{
    public static void AddTo(IEndpointConventionBuilder endpoints, string policy) => endpoints.Add(endpoint =>
    {
        if (endpoint.RequestDelegate is { } inner)
        {
            endpoint.Metadata.Add(new PolicyMetadata(policy));
            endpoint.RequestDelegate = context => RunAsync(context, policy, inner);
        }
    });

    private static async Task RunAsync(HttpContext context, string name, RequestDelegate inner)
    {
        var services = context.RequestServices;
        var policy = await services.GetRequiredService<IAuthorizationPolicyProvider>().GetPolicyAsync(name).ConfigureAwait(false) ?? Default(name);
        var evaluator = services.GetRequiredService<IPolicyEvaluator>();
        var user = await evaluator.AuthenticateAsync(policy, context).ConfigureAwait(false);
        var result = await evaluator.AuthorizeAsync(policy, user, context, context).ConfigureAwait(false);
        if (result.Succeeded)
        {
            await inner(context).ConfigureAwait(false);
            return;
        }

        await RefuseAsync(context, name, result.Challenged).ConfigureAwait(false);
    }

    private static AuthorizationPolicy Default(string name) =>
        name == TraceraPolicies.Read ? DefaultPolicies.Read : DefaultPolicies.Operate;

    private static Task RefuseAsync(HttpContext context, string policy, bool isUnknown)
    {
        if (isUnknown)
        {
            context.Response.Headers.WWWAuthenticate = context.RequestServices.GetRequiredService<IOptions<ApiOptions>>().Value.Challenge;
        }

        return ProblemWriter.WriteAsync(context, new ProblemAnswer
        {
            Status = isUnknown ? StatusCodes.Status401Unauthorized : StatusCodes.Status403Forbidden,
            Code = isUnknown ? ProblemCodes.Unauthenticated : ProblemCodes.Forbidden,
            Detail = isUnknown ? "This needs a signed-in user." : $"The signed-in user is refused by the policy '{policy}'.",
        });
    }
}
