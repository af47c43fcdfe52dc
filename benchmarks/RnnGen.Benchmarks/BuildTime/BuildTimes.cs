using System.Diagnostics;

namespace RnnGen.Benchmarks;

/// <summary>What it costs to compile a project.</summary>
/// <param name="First">Seconds of processor time in a compiler that was just started.</param>
/// <param name="Later">Seconds in one that has compiled the project before, as the compiler's server has; the best of several.</param>
/// <param name="PeakMegabytes">The most memory of the process.</param>
internal sealed record BuildTimes(double First, double Later, double PeakMegabytes)
{
    private const int LaterBuilds = 3;

    // The compiler's own collector; without profiles, the JIT compiler is done with it after a few builds, not dozens.
    private static readonly (string, string)[] Runtime = [("DOTNET_gcServer", "1"), ("DOTNET_TieredPGO", "0")];

    /// <summary>Compiles a project of such models in a new process.</summary>
    /// <param name="build">The folder of the generator and of the library that its text calls.</param>
    /// <param name="models">How many models the project has.</param>
    /// <param name="isGenerated">Whether the generator ran before: its files are part of the project, and it is not measured.</param>
    public static BuildTimes Measure(string build, int models, bool isGenerated)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("rnngen-build-time-");
        try
        {
            string source = Path.Combine(folder.FullName, "Models.cs");
            File.WriteAllText(source, Declarations.Of(models));
            string[] options =
            [
                "/noconfig", "/nologo", "/nostdlib+", "/target:library", "/optimize+", "/debug:portable", "/deterministic+", "/nullable:enable", "/langversion:14.0",
                $"/out:{Path.Combine(folder.FullName, "Models.dll")}", $"/reference:{Path.Combine(build, "RnnGen.dll")}",
                .. CompilerOfSdk.Framework.Select(path => $"/reference:{path}"), source,
            ];
            string[] generating = [.. options, $"/analyzer:{Path.Combine(build, "RnnGen.Generator.dll")}"];
            if (isGenerated)
            {
                string generated = folder.CreateSubdirectory("generated").FullName;
                new CompilerOfSdk().Run([.. generating, $"/generatedfilesout:{generated}"]);
                return Child.Run<BuildTimes>(["build-time", "--child", .. options, .. Directory.GetFiles(generated, "*.cs", SearchOption.AllDirectories)], Runtime);
            }

            return Child.Run<BuildTimes>(["build-time", "--child", .. generating], Runtime);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Compiles in this process.</summary>
    /// <param name="options">The compiler's.</param>
    public static BuildTimes Measure(IReadOnlyList<string> options)
    {
        var compiler = new CompilerOfSdk();
        double first = Build();
        return new BuildTimes(first, Enumerable.Range(0, LaterBuilds).Min(_ => Build()), Process.GetCurrentProcess().PeakWorkingSet64 / 1e6);

        double Build()
        {
            TimeSpan start = Environment.CpuUsage.TotalTime;
            compiler.Run(options);
            return (Environment.CpuUsage.TotalTime - start).TotalSeconds;
        }
    }
}
