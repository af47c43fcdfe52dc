namespace RnnGen.Samples.Tests;

/// <summary>Runs of the samples. Tests of the same run share it.</summary>
public sealed class SampleRuns : IDisposable
{
    // Of full runs; .ci/samples sets others.
    private static readonly string Seed = Environment.GetEnvironmentVariable("RNNGEN_SAMPLE_SEED") ?? "1";

    private readonly Dictionary<(string Name, bool IsQuick), SampleRun> _runs = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("samples-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public SampleRun Full(string name) => Once(name, isQuick: false);

    public SampleRun Quick(string name) => Once(name, isQuick: true);

    /// <summary>A separate run, in its own folder.</summary>
    public SampleRun Run(string name, bool isQuick)
    {
        string folder = Directory.CreateDirectory(Path.Combine(Folder, Path.GetRandomFileName())).FullName;
        (int code, string output, string errors) = Sample.Run(name, folder, isQuick ? ["--quick"] : ["--seed", Seed]);
        Assert.Equal((0, ""), (code, errors.Trim()));
        return new SampleRun(output.TrimEnd('\n').Split('\n'), folder);
    }

    private SampleRun Once(string name, bool isQuick) =>
        _runs.TryGetValue((name, isQuick), out SampleRun? run) ? run : _runs[(name, isQuick)] = Run(name, isQuick);
}

/// <param name="Lines">The output.</param>
/// <param name="Folder">The folder in which it ran, with its files.</param>
public sealed record SampleRun(string[] Lines, string Folder);
