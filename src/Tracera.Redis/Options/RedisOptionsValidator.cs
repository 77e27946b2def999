using System.Buffers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Tracera.Redis;

/// <summary>Refuses what cannot work, every fault at once. The connection string and the password are never shown.</summary>
internal sealed class RedisOptionsValidator(IServiceProviderIsService registered) : IValidateOptions<RedisOptions>
{
    private const int MaxPrefixLength = 64;
    private const int MaxShards = 64;
    private const int MaxDatabase = 1_023;
    private const int MaxQueueCapacity = 65_536;
    private const string Hidden = "(hidden)";
    private static readonly SearchValues<char> PrefixCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:._-");

    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(1);

    public ValidateOptionsResult Validate(string? name, RedisOptions options)
    {
        var faults = new OptionFaults(RedisOptions.SectionName)
            .Require(
                options.Prefix is { Length: <= MaxPrefixLength } prefix && !prefix.AsSpan().ContainsAnyExcept(PrefixCharacters),
                nameof(options.Prefix),
                options.Prefix,
                "up to 64 letters, digits and ':', '.', '_', '-'")
            .Require(options.Shards is >= 1 and <= MaxShards, nameof(options.Shards), options.Shards, "1 to 64")
            .Require(options.Database is null or (>= 0 and <= MaxDatabase), nameof(options.Database), options.Database, "0 to 1023")
            .Require(
                options.QueueCapacity >= 2 * options.Shards && options.QueueCapacity <= MaxQueueCapacity,
                nameof(options.QueueCapacity),
                options.QueueCapacity,
                $"{2 * options.Shards} (twice the shards) to 65536")
            .Require(options.MaxPending is >= 0 and <= 1_000_000, nameof(options.MaxPending), options.MaxPending, "0 to 1000000")
            .Require(options.MaxFigures is >= 0 and <= 40_000_000, nameof(options.MaxFigures), options.MaxFigures, "0 to 40000000")
            .Require(options.MaxLocal is >= 0 and <= 10_000_000, nameof(options.MaxLocal), options.MaxLocal, "0 to 10000000")
            .Require(
                options.MaxMessageBytes is >= 65_536 and <= 16_777_216, nameof(options.MaxMessageBytes), options.MaxMessageBytes, "65536 to 16777216");
        Within(faults, nameof(options.OperationTimeout), options.OperationTimeout);
        Within(faults, nameof(options.CheckInterval), options.CheckInterval);
        if (!registered.IsService(typeof(IConnectionMultiplexer)))
        {
            CheckConnection(faults, options);
        }

        return faults.Result;
    }

    private static void CheckConnection(OptionFaults faults, RedisOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.ConnectionString))
        {
            faults.Require(
                false,
                nameof(options.ConnectionString),
                "",
                "servers, such as localhost:6379, here or under ConnectionStrings:Redis, unless the app registers an IConnectionMultiplexer");
            return;
        }

        faults.Require(
            MultiplexerSettings.IsReadable(options.ConnectionString),
            nameof(options.ConnectionString),
            Hidden,
            "servers and settings in the form of StackExchange.Redis, at least one server");
        faults.Require(
            MultiplexerSettings.KnowsUsers || options.User is null,
            nameof(options.User),
            options.User,
            "none with StackExchange.Redis 1.x, which signs in as the default user; restrict that one, or build with 2.x");
    }

    private static void Within(OptionFaults faults, string key, TimeSpan value) =>
        faults.Require(value >= Least && value <= Most, key, value, $"{Least} to {Most}");
}
