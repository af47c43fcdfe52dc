using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace RnnGen.Benchmarks;

/// <summary>The C# compiler of the newest SDK on this machine, called in this process, where its time and memory can be measured.</summary>
internal sealed class CompilerOfSdk
{
    // .../dotnet/shared/Microsoft.NETCore.App/10.0.0/
    private static readonly string Dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    private readonly MethodInfo _main;

    public CompilerOfSdk()
    {
        string path = Path.Combine(Newest("sdk"), "Roslyn", "bincore", "csc.dll");
        _main = new Context(path).LoadFromAssemblyPath(path).EntryPoint!;
    }

    /// <summary>The assemblies of the framework that a project refers to.</summary>
    public static IEnumerable<string> Framework => Directory.GetFiles(Path.Combine(Newest("packs", "Microsoft.NETCore.App.Ref"), "ref", "net10.0"), "*.dll");

    /// <summary>Compiles, with the options of its command line.</summary>
    public void Run(IEnumerable<string> options)
    {
        TextWriter console = Console.Out;
        using var output = new StringWriter();
        Console.SetOut(output);
        try
        {
            if (_main.Invoke(null, [options.ToArray()]) is not 0)
            {
                throw new InvalidOperationException($"The compiler failed: {output}");
            }
        }
        finally
        {
            Console.SetOut(console);
        }
    }

    private static string Newest(params string[] folder) => Directory.GetDirectories(Path.Combine([Dotnet, .. folder])).MaxBy(path => Version.Parse(Path.GetFileName(path).Split('-')[0]))!;

    private sealed class Context(string path) : AssemblyLoadContext(name: null)
    {
        protected override Assembly? Load(AssemblyName name)
        {
            if (name.Name is "RnnGen.Generator")
            {
                throw new FileNotFoundException("The generator is that of the compiler's options, not that of this program.");
            }

            // Parts of the framework, such as collections, are the framework's.
            return Path.Combine(Path.GetDirectoryName(path)!, name.Name + ".dll") is var file && File.Exists(file) ? LoadFromAssemblyPath(file) : null;
        }
    }
}
