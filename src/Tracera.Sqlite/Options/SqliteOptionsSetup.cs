using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Tracera.Sqlite;

/// <summary>Reads <see cref="SqliteOptions"/> from the configuration, if the app has one.</summary>
internal sealed class SqliteOptionsSetup(IServiceProvider services) : IPostConfigureOptions<SqliteOptions>
{
    public void PostConfigure(string? name, SqliteOptions options)
    {
        var configuration = services.GetService<IConfiguration>();
        try
        {
            configuration?.GetSection(SqliteOptions.SectionName).Bind(options);
        }
        catch (Exception fault) when (fault is InvalidOperationException or FormatException)
        {
            throw new OptionsValidationException(
                nameof(SqliteOptions), typeof(SqliteOptions), [$"{fault.Message} Allowed: a value of that type, such as 7.00:00:00 for seven days."]);
        }

        options.DataFolder ??= configuration?[SqliteOptions.SharedDataFolderKey] ?? SqliteOptions.DefaultDataFolder;
    }
}
