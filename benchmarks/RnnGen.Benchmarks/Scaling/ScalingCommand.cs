using System.CommandLine;

namespace RnnGen.Benchmarks;

/// <summary>Whether the cost grows in proportion to the work: with the steps of a window, the lanes of a batch, the cores of a training.</summary>
internal static class ScalingCommand
{
    public static Command Create()
    {
        Command all = Create("scaling", "How the cost grows with steps, lanes and workers; a word chooses one of these.", ScalingPart.All);
        foreach (ScalingPart part in ScalingPart.All)
        {
            all.Add(Create(part.Name, part.Question, [part]));
        }

        return all;
    }

    private static Command Create(string name, string description, IReadOnlyList<ScalingPart> parts)
    {
        var filter = new Argument<string>("filter") { Description = "Measure only the models whose names contain this.", DefaultValueFactory = _ => "" };
        var command = new Command(name, description) { filter };
        command.SetAction(result => Run(parts, result.GetValue(filter)!));
        return command;
    }

    private static void Run(IReadOnlyList<ScalingPart> parts, string word)
    {
        Console.WriteLine(Machine.Describe());
        foreach (ScalingPart part in parts)
        {
            Grid grid = part.Run(word, Console.Error.WriteLine);
            Console.WriteLine($"\n{part.Question} Nanoseconds.\n");
            Console.Write(grid.ToMarkdown());
        }
    }
}
