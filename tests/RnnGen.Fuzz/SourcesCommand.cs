using System.CommandLine;

namespace RnnGen.Fuzz;

/// <summary>What the commands share that write source text: 0 where all went well, 1 with a file to repeat it by where not.</summary>
internal static class SourcesCommand
{
    public static async Task<int> RunAsync(string name, SourceFuzzer fuzzer, long count, long compile)
    {
        const int Parts = 10;
        try
        {
            for (int part = 1; part <= Parts; part++)
            {
                SourceTally tally = await fuzzer.RunAsync(Share(count, part), Share(compile, part));
                if (part < Parts)
                {
                    await Console.Error.WriteLineAsync($"{tally.Count} of {count} texts");
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
            string path = Path.Combine(Path.GetTempPath(), $"rnngen-finding-{name}.cs");
            await File.WriteAllBytesAsync(path, e.Input);
            await Console.Error.WriteLineAsync($"{e.Message}\nThe text is kept as {path}.\n{e.InnerException}");
            return 1;
        }

        static long Share(long all, int part) => (all * part / Parts) - (all * (part - 1) / Parts);
    }
}
