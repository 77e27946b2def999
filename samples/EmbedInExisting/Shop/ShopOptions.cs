namespace EmbedInExisting;

/// <summary>The shop's settings; configured under <c>Shop</c>.</summary>
public sealed class ShopOptions
{
    /// <summary>Where the shop keeps its files. Default: <c>data</c>.</summary>
    public string DataFolder { get; set; } = "data";

    /// <summary>How the shop reaches Redis. It runs without. Default: this machine.</summary>
    public string Redis { get; set; } = "localhost:6379,abortConnect=false,connectTimeout=500";

    /// <summary>Who may sign in. Default: nobody.</summary>
    public IList<ShopAccount> Accounts { get; } = [];
}
