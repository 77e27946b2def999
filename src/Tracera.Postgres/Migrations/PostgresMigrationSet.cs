using System.Globalization;
using System.Reflection;

namespace Tracera.Postgres;

/// <summary>The numbered scripts of one owner, such as an app's own tables beside Tracera's.</summary>
/// <param name="Name">Names the owner in the schema's table of scripts; unique within a host.</param>
/// <param name="Scripts">The scripts in ascending order of their versions.</param>
public sealed record PostgresMigrationSet(string Name, IReadOnlyList<PostgresScript> Scripts)
{
    private const int DigitsOfVersion = 4;

    /// <summary>Reads the scripts that an assembly carries as resources named <c>&lt;prefix&gt;0001_name.sql</c>.</summary>
    /// <param name="name">The set's name.</param>
    /// <param name="assembly">The assembly.</param>
    /// <param name="prefix">What stands before the four digits; other resources are left alone.</param>
    /// <returns>The set.</returns>
    public static PostgresMigrationSet FromResources(string name, Assembly assembly, string prefix)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        ArgumentNullException.ThrowIfNull(prefix);
        var scripts = assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(prefix, StringComparison.Ordinal) && HasVersion(resource.AsSpan(prefix.Length)))
            .Select(resource => Read(assembly, resource, resource[prefix.Length..]))
            .OrderBy(script => script.Version)
            .ThenBy(script => script.Name, StringComparer.Ordinal);
        return new PostgresMigrationSet(name, [.. scripts]);
    }

    private static bool HasVersion(ReadOnlySpan<char> file) =>
        file.Length > DigitsOfVersion && file[DigitsOfVersion] == '_' && !file[..DigitsOfVersion].ContainsAnyExceptInRange('0', '9');

    private static PostgresScript Read(Assembly assembly, string resource, string file)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var name = file[(DigitsOfVersion + 1)..];
        return new PostgresScript(
            int.Parse(file.AsSpan(0, DigitsOfVersion), CultureInfo.InvariantCulture),
            name.EndsWith(".sql", StringComparison.Ordinal) ? name[..^".sql".Length] : name,
            reader.ReadToEnd().ReplaceLineEndings("\n"));
    }
}
