using System.CommandLine;
using System.Globalization;
using RnnGen.Benchmarks;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// Without a command it is the quick mode; a word alone is its filter.
var root = new RootCommand("Measures RnnGen.")
{
    QuickCommand.Create(),
    CompareCommand.Create(),
    VersusCommand.Create(),
    StartupCommand.Create(),
    BuildTimeCommand.Create(),
    ScalingCommand.Create(),
    SteadyCommand.Create(),
    AccuracyCommand.Create(),
    LimitsCommand.Create(),
    CtcCommand.Create(),
    ServingCommand.Create(),
    BenchmarkDotNetCommand.Create(),
};
string[] line = args is [] || (args.Length == 1 && !args[0].StartsWith('-') && root.Subcommands.All(command => command.Name != args[0])) ? ["quick", .. args] : args;
return root.Parse(line).Invoke();
