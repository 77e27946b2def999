using StackExchange.Redis;

namespace Tracera.Redis;

/// <summary>Makes the client's own settings of the options.</summary>
internal static class MultiplexerSettings
{
    /// <summary>Whether the client that this is built with can sign in as a named user.</summary>
#if REDIS_CLIENT_KNOWS_USERS
    public const bool KnowsUsers = true;
#else
    public const bool KnowsUsers = false;
#endif

    public static bool IsReadable(string text)
    {
        try
        {
            return ConfigurationOptions.Parse(text).EndPoints.Count > 0;
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or OverflowException)
        {
            return false;
        }
    }

    /// <summary>The settings. A server that is away never fails the making of a connection: the client goes on trying.</summary>
    public static ConfigurationOptions Of(RedisOptions options)
    {
        var settings = ConfigurationOptions.Parse(options.ConnectionString!);
        settings.AbortOnConnectFail = false;
        settings.Password = options.Password ?? settings.Password;
        settings.Ssl = options.Ssl ?? settings.Ssl;
        settings.SslHost = options.SslHost ?? settings.SslHost;
        settings.DefaultDatabase = options.Database ?? settings.DefaultDatabase;
        settings.ClientName ??= "tracera";
#if REDIS_CLIENT_KNOWS_USERS
        settings.User = options.User ?? settings.User;
#endif
        return settings;
    }
}
