using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace RnnGen.Training;

/// <summary>Whether the JIT was told not to optimize an assembly: generated kernels are part of the user's project and compiled like it.</summary>
internal static class DebugBuild
{
    /// <summary>What it costs, and what cures it.</summary>
    public const string Advice =
        "A Debug build trains 11 to 18 times slower: run it with 'dotnet run -c Release', or add <Optimize>true</Optimize> to the project file.";

    /// <param name="model">The model.</param>
    /// <returns>Whether its code runs unoptimized; code that was compiled ahead of time never does.</returns>
    public static bool Has(Type model) =>
        RuntimeFeature.IsDynamicCodeCompiled && model.Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true };
}
