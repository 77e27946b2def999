using System.Reflection;
using System.Runtime.CompilerServices;

namespace Tracera.Architecture.Tests.Arrows;

/// <summary>The same arrows in what the compiler made, where nothing that came along transitively can hide.</summary>
public sealed class AssemblyTests
{
    private static readonly Assembly[] Assemblies = [.. RepositoryTree.Projects.Select(Assembly.Load)];

    [Fact]
    public void Assemblies_Referencing_FollowTheArrows() =>
        Assert.Empty(
            from assembly in Assemblies
            from other in NamesReferencedBy(assembly)
            where RepositoryTree.Projects.Contains(other) && !ArrowRules.MayReference(NameOf(assembly), other)
            select $"{NameOf(assembly)} must not use {other}");

    [Fact]
    public void Assemblies_OfAnAdapter_StayInItsProject() =>
        Assert.Empty(
            from assembly in Assemblies
            from other in NamesReferencedBy(assembly)
            where !ArrowRules.MayUse(NameOf(assembly), other)
            select $"{NameOf(assembly)} must not use {other}");

    [Fact]
    public void Internals_Visible_OnlyToOwnTestsAndBenchmarks() =>
        Assert.Empty(
            from assembly in Assemblies
            from friend in assembly.GetCustomAttributes<InternalsVisibleToAttribute>()
            where friend.AssemblyName != $"{NameOf(assembly)}.Tests" && friend.AssemblyName is not ("Tracera.Benchmarks" or "Tracera.Load")
            select $"{NameOf(assembly)} must not open its internals to {friend.AssemblyName}");

    private static string NameOf(Assembly assembly) => assembly.GetName().Name!;

    private static IEnumerable<string> NamesReferencedBy(Assembly assembly) =>
        assembly.GetReferencedAssemblies().Select(reference => reference.Name!);
}
