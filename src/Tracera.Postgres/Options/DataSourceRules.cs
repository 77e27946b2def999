using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Tracera.Postgres;

/// <summary>Checks that there is a way to the server, without telling its secrets.</summary>
internal static class DataSourceRules
{
    private const string Hidden = "(hidden)";

    public static void Check(OptionFaults faults, PostgresOptions options, IServiceProvider services)
    {
        if (options.DataSourceKey is { } key)
        {
            faults.Require(
                services.GetService<IServiceProviderIsKeyedService>()?.IsKeyedService(typeof(NpgsqlDataSource), key) == true,
                nameof(options.DataSourceKey),
                key,
                "the key of a registered NpgsqlDataSource");
            return;
        }

        if (services.GetService<IServiceProviderIsService>()?.IsService(typeof(NpgsqlDataSource)) != true)
        {
            var isMissing = string.IsNullOrWhiteSpace(options.ConnectionString);
            faults.Require(
                !isMissing && CanParse(options.ConnectionString!),
                nameof(options.ConnectionString),
                isMissing ? string.Empty : Hidden,
                "a connection string with a Host, here or under ConnectionStrings:Postgres, or an NpgsqlDataSource among the services");
        }
    }

    private static bool CanParse(string connectionString)
    {
        try
        {
            return !string.IsNullOrWhiteSpace(new NpgsqlConnectionStringBuilder(connectionString).Host);
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException)
        {
            return false;
        }
    }
}
