using Tracera.Shared;

namespace Tracera.AspNetCore;

/// <summary>The names of the policies that guard the endpoints.</summary>
/// <remarks>
/// <para>
/// An app defines them like any policy of its own, for example
/// <c>builder.Services.AddAuthorizationBuilder().AddPolicy(TraceraPolicies.Operate, policy => policy.RequireRole("admin"))</c>. One that it does not
/// define has the default that stands at its constant.
/// </para>
/// <para>The policies hold in every case: <c>AllowAnonymous()</c> on the route group does not open the operator's endpoints.</para>
/// </remarks>
public static class TraceraPolicies
{
    /// <summary>
    /// Guards prices, history, volatility and rankings, and the handshake of the WebSocket hub, unless that one asks for a token as the first message. Default: everyone.
    /// </summary>
    public const string Read = PolicyNames.Read;

    /// <summary>
    /// Guards runs, providers, the pipeline and dead letters. Default: a signed-in user who has the role <c>tracera:operate</c>, or a <c>scope</c> claim
    /// that holds it.
    /// </summary>
    public const string Operate = "tracera:operate";
}
