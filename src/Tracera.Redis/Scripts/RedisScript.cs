using System.Security.Cryptography;
using System.Text;

namespace Tracera.Redis;

/// <summary>A script of this package.</summary>
internal sealed class RedisScript
{
    private RedisScript(string name)
    {
        using var stream = typeof(RedisScript).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        Text = reader.ReadToEnd();
#pragma warning disable CA5350 // The name by which Redis knows a script, no protection.
        Hash = SHA1.HashData(Encoding.UTF8.GetBytes(Text));
#pragma warning restore CA5350
    }

    public static RedisScript PublishTicks { get; } = new("publish_ticks.lua");

    public static RedisScript PublishFigures { get; } = new("publish_figures.lua");

    public static RedisScript BeginStream { get; } = new("begin_stream.lua");

    public static RedisScript StoreFigures { get; } = new("store_figures.lua");

    public string Text { get; }

    /// <summary>The name by which Redis knows it.</summary>
    public byte[] Hash { get; }
}
