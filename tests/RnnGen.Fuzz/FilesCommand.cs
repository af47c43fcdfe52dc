using System.CommandLine;

namespace RnnGen.Fuzz;

/// <summary>A command that reads damaged files: 0 where all went well, 1 with a file to repeat it by where not.</summary>
internal static class FilesCommand
{
    public static Command Create(string name, string description, Func<FuzzTarget[]> targets)
    {
        Option<long> count = FuzzOptions.Count("files", 2_000_000);
        Option<int> seed = FuzzOptions.Seed();
        var command = new Command(name, description) { count, seed };
        command.SetAction(line => Run(name, line.GetValue(count), new FileFuzzer(targets(), line.GetValue(seed)).Run));
        return command;
    }

    /// <summary>Runs a fuzzer. Millions of files take minutes: each tenth is told of.</summary>
    /// <param name="name">The command.</param>
    /// <param name="count">The number of files.</param>
    /// <param name="run">Reads so many files, and gives the results of all so far.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string name, long count, Func<long, object> run)
    {
        const int Parts = 10;
        try
        {
            for (int part = 1; part <= Parts; part++)
            {
                object tally = run((count * part / Parts) - (count * (part - 1) / Parts));
                if (part < Parts)
                {
                    Console.Error.WriteLine($"{count * part / Parts} of {count} files");
                }
                else
                {
                    Console.WriteLine(tally);
                }
            }

            return 0;
        }
        catch (FindingException e)
        {
            string path = Path.Combine(Path.GetTempPath(), $"rnngen-finding-{name}");
            File.WriteAllBytes(path, e.Input);
            Console.Error.WriteLine($"{e.Message}\nThe file is kept as {path}.\n{e.InnerException}");
            return 1;
        }
    }
}
