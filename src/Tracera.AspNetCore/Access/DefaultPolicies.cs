using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace Tracera.AspNetCore;

/// <summary>Defines the policies that the app has not defined itself. Runs after all of the app's own configuration.</summary>
internal sealed class DefaultPolicies : IPostConfigureOptions<AuthorizationOptions>
{
    public static AuthorizationPolicy Read { get; } = new AuthorizationPolicyBuilder().RequireAssertion(static _ => true).Build();

    public static AuthorizationPolicy Operate { get; } =
        new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireAssertion(static context => MayOperate(context.User)).Build();

    public void PostConfigure(string? name, AuthorizationOptions options)
    {
        AddMissing(options, TraceraPolicies.Read, Read);
        AddMissing(options, TraceraPolicies.Operate, Operate);
    }

    private static void AddMissing(AuthorizationOptions options, string name, AuthorizationPolicy policy)
    {
        if (options.GetPolicy(name) is null)
        {
            options.AddPolicy(name, policy);
        }
    }

    private static bool MayOperate(ClaimsPrincipal user) =>
        user.IsInRole(TraceraPolicies.Operate)
        || user.FindAll("scope").Any(static claim => claim.Value.Split(' ').Contains(TraceraPolicies.Operate));
}
