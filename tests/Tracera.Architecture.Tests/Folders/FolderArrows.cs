using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tracera.Architecture.Tests.Folders;

/// <summary>
/// Which folder of a project uses which. Nodes are the first-level folders (<c>Runs/</c>) and, each for itself, the files beside them.
/// </summary>
internal static class FolderArrows
{
    public static IReadOnlyList<Arrow> Of(string project)
    {
        CSharpCompilation compilation = SourceCompilation.Of(project);
        return
            [.. compilation.SyntaxTrees
                .Where(tree => tree.FilePath.Length > 0 && !IsCompositionRoot(tree.FilePath))
                .SelectMany(tree => ArrowsFrom(tree, compilation.GetSemanticModel(tree)))
                .DistinctBy(arrow => (arrow.From, arrow.To))];
    }

    public static bool IsFolder(string node) => node.EndsWith('/');

    /// <summary>The extension on the builder joins all folders of a package, and is no part of any of them.</summary>
    private static bool IsCompositionRoot(string file) =>
        Path.GetFileName(file) is var name
        && name.StartsWith("TraceraBuilder", StringComparison.Ordinal)
        && name.EndsWith("Extensions.cs", StringComparison.Ordinal);

    private static IEnumerable<Arrow> ArrowsFrom(SyntaxTree tree, SemanticModel model) =>
        from name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>()
        let type = TypeBehind(model.GetSymbolInfo(name))
        where type is not null
        from declaration in type.OriginalDefinition.DeclaringSyntaxReferences.Take(1)
        let used = declaration.SyntaxTree.FilePath
        where used.Length > 0 && NodeOf(used) != NodeOf(tree.FilePath)
        let example = $"{RepositoryTree.Relative(tree.FilePath)} uses {type.Name} of {RepositoryTree.Relative(used)}"
        select new Arrow(NodeOf(tree.FilePath), NodeOf(used), example);

    private static INamedTypeSymbol? TypeBehind(SymbolInfo info)
    {
        ISymbol? symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
        return symbol as INamedTypeSymbol ?? symbol?.ContainingType;
    }

    private static string NodeOf(string file) =>
        RepositoryTree.Relative(file).Split('/') is [_, _, var folder, _, ..] ? folder + "/" : Path.GetFileName(file);
}
