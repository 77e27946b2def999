namespace Tracera.Architecture.Tests.Arrows;

public sealed class ProjectFileTests
{
    [Fact]
    public void Projects_Referencing_FollowTheArrows() =>
        Assert.Empty(
            from project in ProjectFile.All
            from other in project.Projects
            where !ArrowRules.MayReference(project.Name, other)
            select $"{project.Name} must not reference {other}");

    [Fact]
    public void Projects_Referencing_MakeNoCircle()
    {
        Arrow[] arrows =
            [.. from project in ProjectFile.All
                from other in project.Projects
                select new Arrow(project.Name, other, $"src/{project.Name}/{project.Name}.csproj")];

        Assert.All(ProjectFile.All, project => Assert.Empty(Circle.Through(project.Name, arrows)));
    }

    [Fact]
    public void Packages_OfAnAdapter_StayInItsProject() =>
        Assert.Empty(
            from project in ProjectFile.All
            from package in project.Packages
            where !ArrowRules.MayUse(project.Name, package)
            select $"{project.Name} must not use {package}");

    [Fact]
    public void Packages_OfAbstractions_AreAbstractionsOnly() =>
        Assert.Empty(
            from project in ProjectFile.All
            from package in project.Packages
            where !ArrowRules.MayList(project.Name, package)
            select $"{project.Name} must not list {package}");

    [Fact]
    public void Frameworks_AspNetCore_StaysInItsProjects() =>
        Assert.Empty(
            from project in ProjectFile.All
            from framework in project.Frameworks
            where !ArrowRules.MayUseAspNetCore(project.Name)
            select $"{project.Name} must not use {framework}");
}
