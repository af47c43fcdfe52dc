using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using RnnGen.Generator;

namespace RnnGen.Documentation.Tests;

/// <summary>A program of a page: compiled as a project elsewhere is, with the generator, and run as a process of its own in a folder of the page.</summary>
internal static class PageProgram
{
    /// <summary>As in a project that does not say anything else.</summary>
    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.Latest, DocumentationMode.Parse);

    private static readonly string[] ImplicitUsings =
    [
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks",
    ];

    private static readonly string[] WebUsings =
    [
        "System.Net.Http.Json", "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Routing",
        "Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting", "Microsoft.Extensions.Logging",
    ];

    private static readonly CSharpCompilation Empty = CSharpCompilation.Create(
        "page",
        [],
        References(),
        new CSharpCompilationOptions(
            OutputKind.ConsoleApplication, optimizationLevel: OptimizationLevel.Release, warningLevel: 10, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>Compiles the code of a page. A warning is an error.</summary>
    /// <param name="path">The page.</param>
    /// <param name="program">The blocks of the program.</param>
    /// <param name="files">The other files of the program.</param>
    /// <returns>The compilation, without errors.</returns>
    public static Compilation Compile(string path, IReadOnlyList<Block> program, IEnumerable<Block> files)
    {
        bool isWeb = program.Any(block => block.Code.Contains("#:sdk Microsoft.NET.Sdk.Web\n", StringComparison.Ordinal));
        string global = string.Concat((isWeb ? [.. ImplicitUsings, .. WebUsings] : ImplicitUsings).Select(name => $"global using {name};\n"));
        string[] sources = [global, PageSource.Join(path, program), .. files.Select(file => $"#line {file.Line} \"{path}\"\n{file.Code}")];
        CSharpGeneratorDriver
            .Create([new RnnModelGenerator().AsSourceGenerator()], parseOptions: ParseOptions)
            .RunGeneratorsAndUpdateCompilation(
                Empty.AddSyntaxTrees([.. sources.Select((source, index) => CSharpSyntaxTree.ParseText(source, ParseOptions, $"File{index}.cs"))]),
                out Compilation compilation,
                out _);
        Diagnostic[] problems = [.. compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];
        Assert.True(problems.Length == 0, string.Join('\n', problems.Select(problem => $"{problem.Location.GetMappedLineSpan()}: {problem.Id}: {problem.GetMessage()}")));
        return compilation;
    }

    /// <summary>Runs a program to its end, in the folder, and expects that it succeeds.</summary>
    /// <returns>What it has written.</returns>
    public static string Run(Compilation compilation, string folder)
    {
        string binaries = Directory.CreateTempSubdirectory("rnngen-page-").FullName;
        try
        {
            EmitResult result = compilation.Emit(Path.Combine(binaries, "page.dll"));
            Assert.True(result.Success, string.Join('\n', result.Diagnostics));
            foreach (string library in Libraries())
            {
                File.Copy(library, Path.Combine(binaries, Path.GetFileName(library)));
            }

            File.WriteAllText(
                Path.Combine(binaries, "page.runtimeconfig.json"),
                """{ "runtimeOptions": { "framework": { "name": "Microsoft.AspNetCore.App", "version": "10.0.0" }, "configProperties": { "System.Globalization.Invariant": true } } }""");
            return Run(Path.Combine(binaries, "page.dll"), folder);
        }
        finally
        {
            Directory.Delete(binaries, recursive: true);
        }
    }

    private static string Run(string program, string folder)
    {
        var start = new ProcessStartInfo("dotnet", program) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(2)), "The program hangs.");
        string written = output.GetAwaiter().GetResult().ReplaceLineEndings("\n");
        Assert.True(process.ExitCode == 0, $"Exit code {process.ExitCode} after:\n{written}\n{errors.GetAwaiter().GetResult()}");
        return written;
    }

    private static IEnumerable<string> Libraries() =>
        new[] { "RnnGen.dll", "RnnGen.Formats.dll", "RnnGen.Mpi.dll", "RnnGen.Serving.dll", "RnnGen.Testing.dll", "System.IO.Hashing.dll" }.Select(name => Path.Combine(AppContext.BaseDirectory, name));

    private static MetadataReference[] References()
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string shared = Path.GetFullPath(Path.Combine(framework, "..", "..", "Microsoft.AspNetCore.App"));
        string web = Path.Combine(shared, Path.GetFileName(framework));
        return [.. Managed(framework).Concat(Managed(web)).Concat(Libraries().Take(5)).Select(path => MetadataReference.CreateFromFile(path))];
    }

    /// <summary>The assemblies of a folder, without native libraries.</summary>
    private static IEnumerable<string> Managed(string folder) => Directory.GetFiles(folder, "*.dll").Where(path => Path.GetFileName(path) is var name
        && (name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll")
        && !name.EndsWith(".Native.dll", StringComparison.Ordinal) && !name.StartsWith("Microsoft.DiaSymReader", StringComparison.Ordinal));
}
