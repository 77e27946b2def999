using System.Text.RegularExpressions;

namespace Tracera.Registration;

/// <summary>What names of providers, sinks and components may look like: they stand in configuration paths, meters and addresses.</summary>
internal static partial class RegistrationNames
{
    public static void ThrowIfBad(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!Allowed().IsMatch(name))
        {
            throw new ArgumentException(
                $"'{name}' is not allowed as a name; allowed are 1 to 64 letters, digits, '_', '-' and '.', beginning with a letter or digit.", nameof(name));
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Allowed();
}
