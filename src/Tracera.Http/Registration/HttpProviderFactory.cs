using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Tracera.Http;

/// <summary>Makes a provider, and hands over what is its own: its client and the options of its name.</summary>
internal static class HttpProviderFactory
{
    /// <summary>Makes one.</summary>
    /// <typeparam name="TProvider">The provider.</typeparam>
    /// <typeparam name="TOptions">Its options; <see cref="HttpProviderOptions"/> where it has none of its own.</typeparam>
    public static TProvider Create<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TProvider,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(IServiceProvider services, string name)
        where TProvider : class
        where TOptions : class
    {
        var wanted = typeof(TProvider).GetConstructors().SelectMany(constructor => constructor.GetParameters()).Select(parameter => parameter.ParameterType).ToHashSet();
        var given = new List<object>();
        if (wanted.Contains(typeof(HttpClient)))
        {
            given.Add(services.GetRequiredService<IHttpClientFactory>().CreateClient(HttpProviderOptions.ClientName(name)));
        }

        AddOptions<HttpProviderOptions>(services, name, wanted, given);
        if (typeof(TOptions) != typeof(HttpProviderOptions))
        {
            AddOptions<TOptions>(services, name, wanted, given);
        }

        return ActivatorUtilities.CreateInstance<TProvider>(services, [.. given]);
    }

    // Hands over only what some constructor asks for: an argument that none takes would be refused. What is not handed over would be made by the services, which know of no name.
    private static void AddOptions<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
        IServiceProvider services, string name, HashSet<Type> wanted, List<object> given)
        where TOptions : class
    {
        var named = new NamedOptions<TOptions>(services.GetRequiredService<IOptionsMonitor<TOptions>>(), name);
        if (wanted.Contains(typeof(TOptions)))
        {
            given.Add(named.Value);
        }

        Type[] wrapped = [typeof(IOptions<TOptions>), typeof(IOptionsSnapshot<TOptions>), typeof(IOptionsMonitor<TOptions>)];
        given.AddRange(wrapped.Where(wanted.Contains).Select(_ => named));
    }
}
