using System.CommandLine;

namespace RnnGen.Benchmarks;

/// <summary>The limits of this core, from which the floors come.</summary>
internal static class LimitsCommand
{
    public static Command Create()
    {
        var command = new Command("limits", "What one core of this machine can do at best.");
        command.SetAction(_ => Run());
        return command;
    }

    private static void Run()
    {
        using var limits = new Limits();
        int[] sizes = [16, 20, 24, 28, 32, 40, 48, 64, 96, 128, 192, 256, 384, 512, 640, 768, 896, 1024, 1280, 1536, 2048, 3072, 4096, 6144, 8192, 16384, 65536];
        for (int round = 0; round < 20; round++)
        {
            foreach (int size in sizes)
            {
                limits.Read(size << 10);
            }

            limits.Refine();
        }

        Console.WriteLine(Machine.Describe());
        Console.WriteLine(limits.Describe() + ".\n");
        var grid = new Grid(["KiB", "", "GB/s", .. ReadLoops.All.Select(loop => loop.Name)]);
        foreach (int size in sizes)
        {
            long bytes = size << 10;
            grid.Add([Format.Count(size), "", $"{bytes / limits.Read(bytes):0}", .. limits.Loops(bytes).Select(loop => $"{loop.Bandwidth:0}")]);
        }

        Console.Write(grid.ToMarkdown());
    }
}
