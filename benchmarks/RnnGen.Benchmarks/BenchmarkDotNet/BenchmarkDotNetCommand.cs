using System.CommandLine;
using BenchmarkDotNet.Running;

namespace RnnGen.Benchmarks;

/// <summary>The classes for BenchmarkDotNet.</summary>
internal static class BenchmarkDotNetCommand
{
    public static Command Create()
    {
        var command = new Command("bdn", "BenchmarkDotNet; what follows goes to it, such as --filter '*Lstm*Step*' or --job short.") { TreatUnmatchedTokensAsErrors = false };
        // In this process: another one would have to build all models again.
        command.SetAction(result => BenchmarkSwitcher.FromAssembly(typeof(BenchmarkDotNetCommand).Assembly).Run(["--inProcess", .. result.UnmatchedTokens]));
        return command;
    }
}
