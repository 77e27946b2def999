using System.Reflection;

namespace Tracera.Architecture.Tests.Surface;

/// <summary>
/// A change of what users see is made on purpose: it shows in a checked-in text. Run these tests with <c>TRACERA_APPROVE=1</c>
/// to rewrite the texts, and commit them with the change.
/// </summary>
public sealed class PublicSurfaceTests
{
    public static TheoryData<string> Projects { get; } = [.. RepositoryTree.Projects];

    [Theory]
    [MemberData(nameof(Projects))]
    public void PublicSurface_OfALibrary_IsTheApprovedOne(string project)
    {
        string file = RepositoryTree.PathOf("tests", "Tracera.Architecture.Tests", "PublicApi", $"{project}.txt");
        IReadOnlyList<string> actual = PublicSurface.Of(Assembly.Load(project));
        if (Environment.GetEnvironmentVariable("TRACERA_APPROVE") == "1")
        {
            File.WriteAllText(file, string.Concat(actual.Select(line => line + "\n")));
        }

        string[] approved = File.Exists(file) ? File.ReadAllLines(file) : [];
        if (!actual.SequenceEqual(approved))
        {
            Assert.Fail($"The public surface of {project} is not the approved one (TRACERA_APPROVE=1 approves it):\n{Difference(approved, actual)}");
        }
    }

    private static string Difference(IReadOnlyList<string> approved, IReadOnlyList<string> actual)
    {
        string[] changes = [.. approved.Except(actual).Select(line => "- " + line), .. actual.Except(approved).Select(line => "+ " + line)];
        return changes.Length == 0 ? "the same lines in another order" : string.Join('\n', changes);
    }
}
