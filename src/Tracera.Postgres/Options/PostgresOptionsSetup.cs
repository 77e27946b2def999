using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Tracera.Postgres;

/// <summary>Reads <see cref="PostgresOptions"/> from the configuration, if the app has one.</summary>
internal sealed class PostgresOptionsSetup(IServiceProvider services) : IPostConfigureOptions<PostgresOptions>
{
    public void PostConfigure(string? name, PostgresOptions options)
    {
        var configuration = services.GetService<IConfiguration>();
        try
        {
            configuration?.GetSection(PostgresOptions.SectionName).Bind(options);
        }
        catch (Exception fault) when (fault is InvalidOperationException or FormatException)
        {
            throw new OptionsValidationException(
                nameof(PostgresOptions), typeof(PostgresOptions), [$"{fault.Message} Allowed: a value of that type, such as 7.00:00:00 for seven days."]);
        }

        options.ConnectionString ??= configuration?.GetConnectionString(PostgresOptions.ConnectionStringName);
    }
}
