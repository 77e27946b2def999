namespace Tracera.Architecture.Tests.Folders;

public sealed class FolderTests
{
    public static TheoryData<string> Projects { get; } = [.. RepositoryTree.Projects];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Folders_OfAProject_MakeNoCircle(string project)
    {
        IReadOnlyList<Arrow> arrows = FolderArrows.Of(project);

        string? circle = arrows
            .Select(arrow => arrow.From)
            .Where(FolderArrows.IsFolder)
            .Distinct()
            .Select(folder => Circle.Through(folder, arrows))
            .Where(found => found.Count > 0)
            .OrderBy(found => found.Count)
            .Select(found => string.Join(Environment.NewLine, found))
            .FirstOrDefault();

        Assert.True(circle is null, $"A circle among the folders of {project}:{Environment.NewLine}{circle}");
    }
}
