using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Tracera;
using Tracera.Http;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds providers that speak HTTP.</summary>
public static class TraceraBuilderHttpExtensions
{
    /// <summary>Adds an HTTP provider that has options of its own, which are read by reflection.</summary>
    /// <remarks>
    /// The constructor of <typeparamref name="TProvider"/> may take the <see cref="HttpClient"/>, the <see cref="HttpProviderOptions"/>, the
    /// <typeparamref name="TOptions"/>, and services; options also as <see cref="IOptions{TOptions}"/>, <see cref="IOptionsSnapshot{TOptions}"/> or
    /// <see cref="IOptionsMonitor{TOptions}"/>, which hold the values of the provider's name. The client is the provider's own for its whole life: it has the base address, the user agent,
    /// decompression, and failures as <see cref="ProviderException"/>. Requests name addresses relative to the base, without a slash in front, and use
    /// <see cref="HttpClient.GetStreamAsync(string, CancellationToken)"/> or <see cref="HttpCompletionOption.ResponseHeadersRead"/> so that bodies stream.
    /// </remarks>
    /// <typeparam name="TProvider">An <see cref="IPriceProvider"/> or <see cref="IStreamingPriceProvider"/>.</typeparam>
    /// <typeparam name="TOptions">The vendor's options, bound at <c>Tracera:Providers:&lt;name&gt;</c> beside <see cref="HttpProviderOptions"/>.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The provider's name; one that is used twice is refused at start.</param>
    /// <param name="configure">Sets the vendor's options; configuration overrides them.</param>
    /// <param name="http">Sets defaults such as the base address; configuration overrides them.</param>
    /// <param name="polling">Sets how the provider is polled; configuration overrides it.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The name is not allowed.</exception>
    [RequiresUnreferencedCode("Reads the options by reflection; trimmed apps use the overload that takes a binding.")]
    [RequiresDynamicCode("Reads the options by reflection; apps compiled ahead of time use the overload that takes a binding.")]
    public static ITraceraBuilder AddHttpProvider<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TProvider,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TOptions>(
        this ITraceraBuilder builder,
        string name,
        Action<TOptions>? configure = null,
        Action<HttpProviderOptions>? http = null,
        Action<ProviderOptions>? polling = null)
        where TProvider : class
        where TOptions : class =>
        builder.AddHttpProvider<TProvider, TOptions>(name, ReflectionBinding.Bind, configure, http, polling);

    /// <summary>Adds an HTTP provider that has options of its own, which are read by a given binding: for trimmed apps and such compiled ahead of time.</summary>
    /// <remarks>As <c>AddHttpProvider(name, configure, http, polling)</c>.</remarks>
    /// <typeparam name="TProvider">An <see cref="IPriceProvider"/> or <see cref="IStreamingPriceProvider"/>.</typeparam>
    /// <typeparam name="TOptions">The vendor's options.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The provider's name; one that is used twice is refused at start.</param>
    /// <param name="bind">Reads the section <c>Tracera:Providers:&lt;name&gt;</c>: <c>static (section, options) => section.Bind(options)</c>.</param>
    /// <param name="configure">Sets the vendor's options; configuration overrides them.</param>
    /// <param name="http">Sets defaults such as the base address; configuration overrides them.</param>
    /// <param name="polling">Sets how the provider is polled; configuration overrides it.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The name is not allowed.</exception>
    public static ITraceraBuilder AddHttpProvider<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TProvider,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
        this ITraceraBuilder builder,
        string name,
        Action<IConfiguration, TOptions> bind,
        Action<TOptions>? configure = null,
        Action<HttpProviderOptions>? http = null,
        Action<ProviderOptions>? polling = null)
        where TProvider : class
        where TOptions : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(bind);
        Add(builder, name, services => HttpProviderFactory.Create<TProvider, TOptions>(services, name), http, polling);
        var options = builder.Services.AddOptions<TOptions>(name).ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        options.PostConfigure<IServiceProvider>((value, services) =>
        {
            if (services.GetService<IConfiguration>() is { } configuration)
            {
                ConfiguredOptions.Read(name, typeof(TOptions), () => bind(configuration.GetSection($"{ProviderOptions.SectionName}:{name}"), value));
            }
        });
        return builder;
    }

    /// <summary>Adds an HTTP provider that needs no options of its own.</summary>
    /// <remarks>The constructor of <typeparamref name="TProvider"/> may take the <see cref="HttpClient"/>, the <see cref="HttpProviderOptions"/>, as they are or as options, and services.</remarks>
    /// <typeparam name="TProvider">An <see cref="IPriceProvider"/> or <see cref="IStreamingPriceProvider"/>.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The provider's name; one that is used twice is refused at start.</param>
    /// <param name="http">Sets defaults such as the base address; configuration overrides them.</param>
    /// <param name="polling">Sets how the provider is polled; configuration overrides it.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The name is not allowed.</exception>
    public static ITraceraBuilder AddHttpProvider<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TProvider>(
        this ITraceraBuilder builder,
        string name,
        Action<HttpProviderOptions>? http = null,
        Action<ProviderOptions>? polling = null)
        where TProvider : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        Add(builder, name, services => HttpProviderFactory.Create<TProvider, HttpProviderOptions>(services, name), http, polling);
        return builder;
    }

    private static void Add(
        ITraceraBuilder builder, string name, Func<IServiceProvider, object> factory, Action<HttpProviderOptions>? http, Action<ProviderOptions>? polling)
    {
        builder.AddProvider(new ProviderRegistration(name, factory, polling));
        var options = builder.Services.AddOptions<HttpProviderOptions>(name).ValidateOnStart();
        if (http is not null)
        {
            options.Configure(http);
        }

        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<HttpProviderOptions>, HttpProviderOptionsSetup>());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<HttpProviderOptions>, HttpProviderOptionsValidator>());
        HttpProviderClients.Add(builder.Services, name);
    }
}
