using System.CommandLine;

namespace RnnGen.Fuzz;

/// <summary>Processes that are killed while they save.</summary>
internal static class KillCommand
{
    public static Command Create()
    {
        Option<long> count = FuzzOptions.Count("kills", 1000);
        Option<int> seed = FuzzOptions.Seed();
        var command = new Command("kill", "Kills processes while they save to one file, and looks at what they leave.") { count, seed };
        command.SetAction(async (line, cancellation) =>
        {
            try
            {
                Console.WriteLine(await KillRuns.RunAsync(line.GetValue(count), line.GetValue(seed), cancellation));
                return 0;
            }
            catch (FindingException e)
            {
                Console.Error.WriteLine(e.Message);
                return 1;
            }
        });
        return command;
    }
}
