using System.Diagnostics;

namespace RnnGen.Fuzz;

/// <summary>
/// Processes save to one file and are killed at any moment. The file is always a whole one, old or new, and what they leave is gone after the
/// next save, while that of a process that lives is left alone.
/// </summary>
internal static class KillRuns
{
    /// <summary>Kills processes.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">Decides on the moments.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>What was seen, in words.</returns>
    /// <exception cref="FindingException">A file was broken, or a leftover stayed.</exception>
    public static async Task<string> RunAsync(long count, int seed, CancellationToken cancellation)
    {
        var random = new Random(seed);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("rnngen-kill-");
        string path = Path.Combine(folder.FullName, "model");
        long leftovers = 0;
        Saver.Save(path, -1);
        Process? survivor = null;
        Process victim = await StartAsync(path, first: 0, cancellation);
        try
        {
            for (int kill = 0; kill < count; kill++)
            {
                // In the second half another process saves to the same file and is let live. It removes leftovers, too, before they are counted.
                survivor ??= kill < count / 2 ? null : await StartAsync(path, first: 1_000_000, cancellation);

                // The next one starts up meanwhile.
                Task<Process> next = StartAsync(path, first: 1000 * (kill + 1), cancellation);
                await Task.Delay(TimeSpan.FromMilliseconds(random.NextDouble() * 20), cancellation);
                victim.Kill();
                await victim.WaitForExitAsync(cancellation);
                string own = $"-{victim.Id}-";
                victim.Dispose();
                leftovers += Names(folder).Count(name => name.Contains(own, StringComparison.Ordinal));
                float found = Saver.Load(path);
                if (found is < -1 or > 16_000_000 || found != MathF.Truncate(found))
                {
                    throw new FindingException($"Kill {kill} of seed {seed}: the file holds {found}, which nobody wrote.", File.ReadAllBytes(path));
                }

                // Both living ones may have one file each, the dead none.
                Saver.Save(path, -1);
                string[] left = [.. Names(folder).Where(name => name.Contains(own, StringComparison.Ordinal))];
                int all = Names(folder).Length;
                if (left.Length > 0 || all > 3)
                {
                    throw new FindingException($"Kill {kill} of seed {seed}: {string.Join(", ", left)} stayed after the next save, {all} files in all.", []);
                }

                victim = await next;
            }

            if (survivor is { HasExited: true })
            {
                throw new FindingException("The process that nobody killed has ended: a save of its failed.", []);
            }
        }
        finally
        {
            foreach (Process process in new[] { survivor, victim }.OfType<Process>())
            {
                process.Kill();
                await process.WaitForExitAsync(CancellationToken.None);
                process.Dispose();
            }

            folder.Delete(recursive: true);
        }

        return $"{count} kills, half of them beside a process that saves on: always a whole file; {leftovers} temporary ones were seen, and none was after the next save";
    }

    private static string[] Names(DirectoryInfo folder) => [.. folder.EnumerateFiles().Select(file => file.Name)];

    private static async Task<Process> StartAsync(string path, int first, CancellationToken cancellation)
    {
        // In the tests, the process is that of the tests.
        string program = typeof(KillRuns).Assembly.Location;
        string host = Environment.ProcessPath is string running && Path.GetFileNameWithoutExtension(running) == "dotnet" ? running : "dotnet";
        var start = new ProcessStartInfo(host, ["exec", program, SaveCommand.Name, path, $"{first}"])
        {
            RedirectStandardOutput = true,

            // A process that lives for a moment is not worth optimizing.
            Environment = { ["DOTNET_TieredPGO"] = "0" },
        };
        Process process = Process.Start(start)!;
        if (await process.StandardOutput.ReadLineAsync(cancellation) is null)
        {
            throw new FindingException("A process could not save.", []);
        }

        return process;
    }
}
