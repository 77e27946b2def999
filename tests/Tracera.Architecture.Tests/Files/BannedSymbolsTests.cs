using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Tracera.Architecture.Tests.Folders;

namespace Tracera.Architecture.Tests.Files;

public sealed class BannedSymbolsTests
{
    /// <summary>The analyzer passes over a line it cannot resolve: a slip of the pen would lift the ban.</summary>
    [Fact]
    public void BannedSymbols_EveryLine_NamesSomethingThatExists()
    {
        CSharpCompilation compilation = SourceCompilation.Of("Tracera.Abstractions");

        Assert.Empty(
            from line in File.ReadLines(RepositoryTree.PathOf("eng", "BannedSymbols.txt"))
            where line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal)
            let id = line.Split(';')[0]
            where DocumentationCommentId.GetFirstSymbolForDeclarationId(id, compilation) is null
            select id);
    }
}
