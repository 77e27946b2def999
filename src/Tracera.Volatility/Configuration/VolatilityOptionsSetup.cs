using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Tracera.Volatility.Configuration;

/// <summary>Reads <see cref="VolatilityOptions"/> from the configuration, if the app has one; it overrides what code set.</summary>
internal sealed class VolatilityOptionsSetup(IServiceProvider services) : IPostConfigureOptions<VolatilityOptions>
{
    public void PostConfigure(string? name, VolatilityOptions options)
    {
        if (services.GetService<IConfiguration>()?.GetSection(VolatilityOptions.SectionName) is not { } section)
        {
            return;
        }

        // A list in the configuration takes the place of the one set in code instead of being added to it.
        if (section.GetSection(nameof(VolatilityOptions.Windows)).GetChildren().Any())
        {
            options.Windows = [];
        }

        try
        {
            section.Bind(options);
        }
        catch (InvalidOperationException fault)
        {
            throw new OptionsValidationException(nameof(VolatilityOptions), typeof(VolatilityOptions), [$"{fault.Message.TrimEnd('.')}; allowed: {Allowed(fault.Message)}."]);
        }
    }

    private static string Allowed(string fault) =>
        fault.Contains(nameof(TimeSpan), StringComparison.Ordinal) ? "a time span such as 00:00:10"
        : fault.Contains(nameof(Boolean), StringComparison.Ordinal) ? "true or false"
        : "a number";
}
