using Microsoft.Extensions.Options;
using Tracera;
using Tracera.Http;
using Tracera.Providers;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds CSFloat.</summary>
public static class TraceraBuilderCsFloatExtensions
{
    private static readonly Uri DefaultBaseAddress = new("https://csfloat.com/api/v1/");

    /// <summary>Adds CSFloat's price list: the lowest ask in USD and the stock of every item of category <c>steam:730</c>, source <c>csfloat</c>.</summary>
    /// <remarks>
    /// Configured under <c>Tracera:Providers:&lt;name&gt;</c>: <see cref="ProviderOptions"/> and <see cref="HttpProviderOptions"/>. The list is public; an
    /// <see cref="HttpProviderOptions.ApiKey"/>, where there is one, is sent. Default base address: <c>https://csfloat.com/api/v1/</c>. Another currency than USD is
    /// refused at start.
    /// </remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The provider's name; one that is used twice is refused at start.</param>
    /// <param name="http">Sets how the venue is reached; configuration overrides it.</param>
    /// <param name="polling">Sets how it is polled; configuration overrides it.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The name is not allowed.</exception>
    public static ITraceraBuilder AddCsFloat(
        this ITraceraBuilder builder,
        string name = "csfloat",
        Action<HttpProviderOptions>? http = null,
        Action<ProviderOptions>? polling = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddHttpProvider<CsFloatProvider>(
            name,
            options =>
            {
                options.BaseAddress = DefaultBaseAddress;
                http?.Invoke(options);
            },
            polling);
        builder.Services.AddSingleton<IValidateOptions<ProviderOptions>>(new CsFloatCurrencyValidator(name));
        return builder;
    }
}
