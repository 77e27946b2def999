using System.Reflection;

namespace Tracera.Architecture.Tests.Surface;

/// <summary>Everything that users of an assembly can see, as lines of text in a fixed order.</summary>
internal static class PublicSurface
{
    private const string Indent = "    ";

    public static IReadOnlyList<string> Of(Assembly assembly) =>
        [.. assembly.GetExportedTypes()
            .Where(type => !type.FullName!.Contains('<', StringComparison.Ordinal))
            .GroupBy(type => type.Namespace ?? "")
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .SelectMany(group => Namespace(group.Key, group))];

    private static IEnumerable<string> Namespace(string name, IEnumerable<Type> types) =>
        [$"namespace {name}", "", .. types.OrderBy(type => type.FullName, StringComparer.Ordinal).SelectMany(TypeLines)];

    private static IEnumerable<string> TypeLines(Type type) =>
        [TypeHeader.Of(type), .. MemberText.Of(type).Select(line => Indent + line), ""];
}
