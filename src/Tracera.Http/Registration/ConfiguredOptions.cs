using Microsoft.Extensions.Options;

namespace Tracera.Http;

/// <summary>Reads options from the configuration, so that a value that cannot be read is a fault of the configuration like any other.</summary>
internal static class ConfiguredOptions
{
    /// <summary>Reads.</summary>
    /// <param name="name">The provider.</param>
    /// <param name="type">The type of the options.</param>
    /// <param name="bind">Does it.</param>
    /// <exception cref="OptionsValidationException">A value is not of its type; the message names its path.</exception>
    public static void Read(string name, Type type, Action bind)
    {
        try
        {
            bind();
        }
        catch (InvalidOperationException fault)
        {
            throw new OptionsValidationException(name, type, [$"{fault.Message} Allowed: a value of that type, such as 00:00:05 for five seconds."]);
        }
    }
}
