using System.CommandLine;

namespace RnnGen.Fuzz;

/// <summary>The common part of the commands that write source text. The exit code is 0, or 1 with a file that reproduces a finding.</summary>
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
