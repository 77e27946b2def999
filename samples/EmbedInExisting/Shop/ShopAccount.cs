namespace EmbedInExisting;

/// <summary>Somebody who may sign in.</summary>
public sealed class ShopAccount
{
    /// <summary>The name.</summary>
    public string Name { get; set; } = "";

    /// <summary>The password.</summary>
    public string Password { get; set; } = "";

    /// <summary>The role, <c>customer</c> or <c>admin</c>.</summary>
    public string Role { get; set; } = "customer";
}
