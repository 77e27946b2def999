using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Tracera.Realtime;

/// <summary>Refuses values that are out of range or contradict each other.</summary>
internal sealed class RealtimeOptionsValidator(IServiceProviderIsService registered) : IValidateOptions<RealtimeOptions>
{
    private const int Million = 1_000_000;

    public ValidateOptionsResult Validate(string? name, RealtimeOptions options)
    {
        var faults = new OptionFaults(RealtimeOptions.SectionName);
        CheckLimits(faults, options);
        CheckTimes(faults, options);
        for (var i = 0; i < options.AllowedOrigins.Count; i++)
        {
            faults.Require(
                IsOrigin(options.AllowedOrigins[i]),
                $"{nameof(options.AllowedOrigins)}:{i}",
                options.AllowedOrigins[i],
                "scheme://host[:port] with http or https, for example https://app.example.com");
        }

        return faults.Require(
            !options.RequireAuthentication || registered.IsService(typeof(IClientTokenValidator)),
            nameof(options.RequireAuthentication),
            options.RequireAuthentication,
            $"false, or true with an {nameof(IClientTokenValidator)} among the services").Result;
    }

    private static void CheckLimits(OptionFaults faults, RealtimeOptions options) =>
        faults
            .Require(options.MaxConnections is >= 1 and <= Million, nameof(options.MaxConnections), options.MaxConnections, "1 to 1000000")
            .Require(
                options.MaxConnectionsPerAddress is >= 0 and <= Million,
                nameof(options.MaxConnectionsPerAddress),
                options.MaxConnectionsPerAddress,
                "0 (no limit) to 1000000")
            .Require(options.MaxSubscriptions is >= 1 and <= 100_000, nameof(options.MaxSubscriptions), options.MaxSubscriptions, "1 to 100000")
            .Require(
                options.MaxMessagesPerMinute is >= 1 and <= Million,
                nameof(options.MaxMessagesPerMinute),
                options.MaxMessagesPerMinute,
                "1 to 1000000")
            .Require(options.MaxErrorsPerMinute is >= 1 and <= Million, nameof(options.MaxErrorsPerMinute), options.MaxErrorsPerMinute, "1 to 1000000")
            .Require(options.QueueCapacity is >= 16 and <= Million, nameof(options.QueueCapacity), options.QueueCapacity, "16 to 1000000")
            .Require(
                options.MaxTrackedItems is >= 0 and <= 10 * Million, nameof(options.MaxTrackedItems), options.MaxTrackedItems, "0 to 10000000");

    private static void CheckTimes(OptionFaults faults, RealtimeOptions options)
    {
        Within(faults, nameof(options.SendTimeout), options.SendTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10));
        Within(faults, nameof(options.CloseTimeout), options.CloseTimeout, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));
        Within(faults, nameof(options.SnapshotTimeout), options.SnapshotTimeout, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(5));
        Within(faults, nameof(options.AuthenticationTimeout), options.AuthenticationTimeout, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(5));
        Within(faults, nameof(options.PingInterval), options.PingInterval, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        faults.Require(
            options.DeadAfter > options.PingInterval && options.DeadAfter <= TimeSpan.FromHours(2),
            nameof(options.DeadAfter),
            options.DeadAfter,
            $"longer than {nameof(options.PingInterval)} ({options.PingInterval}), up to 02:00:00");
    }

    private static void Within(OptionFaults faults, string key, TimeSpan value, TimeSpan least, TimeSpan most) =>
        faults.Require(value >= least && value <= most, key, value, $"{least} to {most}");

    private static bool IsOrigin(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.PathAndQuery == "/"
        && uri.Fragment.Length == 0
        && uri.UserInfo.Length == 0;
}
