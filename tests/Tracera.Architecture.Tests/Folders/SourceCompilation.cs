using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Tracera.Architecture.Tests.Folders;

/// <summary>
/// A project's own sources as the compiler understands them. Code that the build generates is not among them: a symbol that only
/// such code declares stays unresolved, and makes no arrow.
/// </summary>
internal static class SourceCompilation
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    public static CSharpCompilation Of(string project) =>
        CSharpCompilation.Create(
            project,
            [CSharpSyntaxTree.ParseText(ImplicitUsings), .. RepositoryTree.SourceFiles(project).Select(Parse)],
            ReferencesOf(project),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    public static SyntaxTree Parse(string file) =>
        CSharpSyntaxTree.ParseText(SourceText.From(File.ReadAllText(file)), path: file);

    /// <summary>What this test process runs on, which holds all that the libraries use, without the project itself.</summary>
    private static IEnumerable<MetadataReference> ReferencesOf(string project) =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileNameWithoutExtension(path) != project)
            .Select(path => MetadataReference.CreateFromFile(path));
}
