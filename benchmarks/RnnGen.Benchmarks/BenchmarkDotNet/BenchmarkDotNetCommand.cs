using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace RnnGen.Benchmarks;

/// <summary>The classes for BenchmarkDotNet.</summary>
internal static class BenchmarkDotNetCommand
{
    public static Command Create()
    {
        var command = new Command("bdn", "BenchmarkDotNet; what follows goes to it, such as --filter '*Lstm*Step*' or --job short.") { TreatUnmatchedTokensAsErrors = false };
        command.SetAction(result =>
        {
            // In this process: another one would have to build all models again.
            IConfig config = DefaultConfig.Instance.AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).AsDefault());
            BenchmarkSwitcher.FromAssembly(typeof(BenchmarkDotNetCommand).Assembly).Run([.. result.UnmatchedTokens], config);
        });
        return command;
    }
}
