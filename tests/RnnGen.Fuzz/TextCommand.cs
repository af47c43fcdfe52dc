using System.CommandLine;

namespace RnnGen.Fuzz;

/// <summary>Declarations whose text is broken.</summary>
internal static class TextCommand
{
    private const string Name = "text";

    public static Command Create()
    {
        Option<long> count = FuzzOptions.Count("texts", 20_000);
        Option<int> seed = FuzzOptions.Seed();
        var command = new Command(Name, "Gives broken source text to generator and analyzer.") { count, seed };
        command.SetAction((line, _) => SourcesCommand.RunAsync(Name, SourceFuzzer.Texts(line.GetValue(seed)), line.GetValue(count), compile: 0));
        return command;
    }
}
