using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Tracera.Http;

/// <summary>Binds options of a type that this package does not know, so that no binding can be generated for it.</summary>
internal static class ReflectionBinding
{
    [RequiresUnreferencedCode("Reads the options by reflection.")]
    [RequiresDynamicCode("Reads the options by reflection.")]
    public static void Bind<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TOptions>(IConfiguration section, TOptions options)
        where TOptions : class => new ConfigureFromConfigurationOptions<TOptions>(section).Configure(options);
}
