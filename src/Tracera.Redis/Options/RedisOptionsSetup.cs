using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Tracera.Redis;

/// <summary>Reads <see cref="RedisOptions"/> from the configuration, if the app has one.</summary>
internal sealed class RedisOptionsSetup(IServiceProvider services) : IPostConfigureOptions<RedisOptions>
{
    public void PostConfigure(string? name, RedisOptions options)
    {
        var configuration = services.GetService<IConfiguration>();
        try
        {
            configuration?.GetSection(RedisOptions.SectionName).Bind(options);
        }
        catch (InvalidOperationException fault)
        {
            throw new OptionsValidationException(
                nameof(RedisOptions), typeof(RedisOptions), [$"{fault.Message} Allowed: a value of that type, such as 00:00:05 for five seconds."]);
        }

        options.ConnectionString ??= configuration?.GetConnectionString(RedisOptions.ConnectionStringName);
    }
}
