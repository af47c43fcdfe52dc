using System.CommandLine;

namespace RnnGen.Fuzz;

/// <summary>Damaged files of other programs.</summary>
internal static class FormatsCommand
{
    public static Command Create()
    {
        Option<long> count = FuzzOptions.Count("files", 2_000_000);
        Option<int> seed = FuzzOptions.Seed();
        var command = new Command("formats", "Reads damaged files of other programs, and imports damaged networks.") { count, seed };
        command.SetAction(line => FilesCommand.Run("formats", line.GetValue(count), new FormatFuzzer([.. Targets()], line.GetValue(seed)).Run));
        return command;
    }

    private static IEnumerable<FormatTarget> Targets() => FormatTargets.All.Concat(ImportTargets.All).Select(target => target.Value());
}
