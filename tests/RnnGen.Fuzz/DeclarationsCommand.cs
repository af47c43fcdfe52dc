using System.CommandLine;

namespace RnnGen.Fuzz;

/// <summary>Declarations of models, right ones and wrong ones.</summary>
internal static class DeclarationsCommand
{
    private const string Name = "declarations";

    public static Command Create()
    {
        Option<long> count = FuzzOptions.Count("declarations", 20_000);
        Option<long> compile = new("--compile") { Description = "How many of the right ones are compiled.", DefaultValueFactory = _ => 1000 };
        Option<int> seed = FuzzOptions.Seed();
        var command = new Command(Name, "Gives declarations to generator and analyzer.") { count, compile, seed };
        command.SetAction((line, _) =>
            SourcesCommand.RunAsync(Name, SourceFuzzer.Declarations(line.GetValue(seed)), line.GetValue(count), line.GetValue(compile)));
        return command;
    }
}
