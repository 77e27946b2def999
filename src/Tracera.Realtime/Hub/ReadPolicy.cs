using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Tracera.Shared;

namespace Tracera.Realtime.Hub;

/// <summary>The app's own policy of who may read prices, if it has one: what it keeps from a request it keeps from a handshake as well.</summary>
internal static class ReadPolicy
{
    /// <summary>Judges a handshake.</summary>
    /// <returns>401 or 403 when it is refused; null when it is not.</returns>
    public static async Task<int?> RefusalOfAsync(HttpContext context)
    {
        var services = context.RequestServices;
        if (services.GetService<IAuthorizationPolicyProvider>() is not { } policies
            || services.GetService<IPolicyEvaluator>() is not { } evaluator
            || await policies.GetPolicyAsync(PolicyNames.Read).ConfigureAwait(false) is not { } policy)
        {
            return null;
        }

        var user = await evaluator.AuthenticateAsync(policy, context).ConfigureAwait(false);
        var result = await evaluator.AuthorizeAsync(policy, user, context, context).ConfigureAwait(false);
        return result.Succeeded ? null : result.Challenged ? StatusCodes.Status401Unauthorized : StatusCodes.Status403Forbidden;
    }
}
