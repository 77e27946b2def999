using System.Xml.Linq;

namespace Tracera.Architecture.Tests.Arrows;

/// <summary>What the project file of a library says it uses.</summary>
internal sealed class ProjectFile
{
    private readonly XDocument _xml;

    private ProjectFile(string name)
    {
        Name = name;
        _xml = XDocument.Load(RepositoryTree.PathOf("src", name, $"{name}.csproj"));
    }

    public static IReadOnlyList<ProjectFile> All { get; } = [.. RepositoryTree.Projects.Select(name => new ProjectFile(name))];

    public string Name { get; }

    public IEnumerable<string> Projects =>
        Includes("ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));

    public IEnumerable<string> Packages => Includes("PackageReference");

    public IEnumerable<string> Frameworks => Includes("FrameworkReference");

    private IEnumerable<string> Includes(string item) =>
        _xml.Descendants(item).Select(element => (string)element.Attribute("Include")!);
}
