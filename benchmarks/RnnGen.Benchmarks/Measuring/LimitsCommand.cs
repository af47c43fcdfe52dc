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
        int[] sizes = [16, 24, 32, 64, 128, 256, 512, 1024, 2048, 4096, 16384, 65536];
        for (int round = 0; round < 20; round++)
        {
            foreach (int size in sizes)
            {
                limits.Read(size << 10);
            }

            limits.Refine();
        }

        Console.WriteLine(Machine.Describe());
        Console.WriteLine(limits.Describe());
        foreach (int size in sizes)
        {
            Console.WriteLine($"{size,6} KiB {(size << 10) / limits.Read(size << 10),7:0} GB/s");
        }
    }
}
