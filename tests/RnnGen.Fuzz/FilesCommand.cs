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
        command.SetAction(line =>
        {
            try
            {
                Run(new FileFuzzer(targets(), line.GetValue(seed)), line.GetValue(count));
                return 0;
            }
            catch (FindingException e)
            {
                string path = Path.Combine(Path.GetTempPath(), $"rnngen-finding-{name}.safetensors");
                File.WriteAllBytes(path, e.Input);
                Console.Error.WriteLine($"{e.Message}\nThe file is kept as {path}.\n{e.InnerException}");
                return 1;
            }
        });
        return command;
    }

    /// <summary>Millions of files take minutes: each tenth is told of.</summary>
    private static void Run(FileFuzzer fuzzer, long count)
    {
        const int Parts = 10;
        for (int part = 1; part <= Parts; part++)
        {
            FileTally tally = fuzzer.Run((count * part / Parts) - (count * (part - 1) / Parts));
            if (part < Parts)
            {
                Console.Error.WriteLine($"{tally.Count} of {count} files");
            }
            else
            {
                Console.WriteLine(tally);
            }
        }
    }
}
