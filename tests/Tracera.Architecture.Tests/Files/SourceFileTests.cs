using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tracera.Architecture.Tests.Folders;

namespace Tracera.Architecture.Tests.Files;

public sealed class SourceFileTests
{
    private const int MaxLines = 300;

    [Fact]
    public void SourceFiles_InSrc_AreAtMost300Lines() =>
        Assert.Empty(
            from file in RepositoryTree.SourceFiles()
            let lines = File.ReadLines(file).Count()
            where lines > MaxLines
            select $"{RepositoryTree.Relative(file)} has {lines} lines");

    [Fact]
    public void PublicTypes_InSrc_StandOnePerFileOfTheirName() =>
        Assert.Empty(
            from file in RepositoryTree.SourceFiles()
            let types = PublicTypesIn(file)
            where types.Count > 1 || types.Exists(type => type != FirstPart(file))
            select $"{RepositoryTree.Relative(file)} declares {string.Join(", ", types)}");

    private static List<string> PublicTypesIn(string file) =>
        [.. SourceCompilation.Parse(file).GetRoot()
            .DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<MemberDeclarationSyntax>()
            .Where(member => member.Modifiers.Any(SyntaxKind.PublicKeyword))
            .Select(NameOf)
            .OfType<string>()
            .Distinct()];

    private static string? NameOf(MemberDeclarationSyntax member) => member switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
        DelegateDeclarationSyntax type => type.Identifier.ValueText,
        _ => null,
    };

    /// <summary>A part of a partial type may say which: <c>Name.Part.cs</c>.</summary>
    private static string FirstPart(string file) => Path.GetFileName(file).Split('.')[0];
}
