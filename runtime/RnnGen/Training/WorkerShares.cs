namespace RnnGen.Training;

/// <summary>Which workers are in which process, and which windows they take: adjacent ones, as evenly as possible.</summary>
/// <param name="Workers">Number of workers in all processes together.</param>
/// <param name="Processes">Number of processes.</param>
internal readonly record struct WorkerShares(int Workers, int Processes)
{
    /// <summary>The largest number of workers in one process.</summary>
    public int MostPerProcess => ((Workers - 1) / Processes) + 1;

    /// <summary>The first worker of a process; of the number of processes, the number of workers.</summary>
    public int FirstOf(int process) => Part(Workers, process, Processes);

    /// <summary>Number of workers in a process.</summary>
    public int CountOf(int process) => FirstOf(process + 1) - FirstOf(process);

    /// <summary>The first of some windows that a worker takes; of the number of workers, the number of windows.</summary>
    public int WindowOf(int worker, int windows) => Part(windows, worker, Workers);

    private static int Part(int whole, int part, int parts) => (int)((long)whole * part / parts);
}
