using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace RnnGen.Training;

/// <summary>Whether the compilers were told not to optimize an assembly: generated kernels are part of the user's project and compiled like it.</summary>
internal static class DebugBuild
{
    /// <summary>What it costs, and what cures it.</summary>
    public const string Advice =
        "A Debug build trains 11 to 18 times slower: run it with 'dotnet run -c Release', or add <Optimize>true</Optimize> to the project file "
        + "(#:property Optimize=true to a program of one file).";

    /// <param name="model">The model.</param>
    /// <returns>Whether its code runs unoptimized. The native compiler does not optimize such a project either.</returns>
    [UnconditionalSuppressMessage("Trimming", "IL2045", Justification = "What is trimmed for browsers has no such attribute, and is a Release build.")]
    public static bool Has(Type model) =>
        model.Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true };
}
