namespace RnnGen.Samples.Tests;

/// <summary>Runs of the samples. What several tests look at runs once.</summary>
public sealed class SampleRuns : IDisposable
{
    private readonly Dictionary<(string Name, bool IsQuick), SampleRun> _runs = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("samples-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public SampleRun Full(string name) => Once(name, isQuick: false);

    public SampleRun Quick(string name) => Once(name, isQuick: true);

    /// <summary>A run of its own, in a folder of its own.</summary>
    public SampleRun Run(string name, bool isQuick)
    {
        string folder = Directory.CreateDirectory(Path.Combine(Folder, Path.GetRandomFileName())).FullName;
        (int code, string output, string errors) = Sample.Run(name, folder, isQuick ? ["--quick"] : []);
        Assert.Equal((0, ""), (code, errors.Trim()));
        return new SampleRun(output.TrimEnd('\n').Split('\n'), folder);
    }

    private SampleRun Once(string name, bool isQuick) =>
        _runs.TryGetValue((name, isQuick), out SampleRun? run) ? run : _runs[(name, isQuick)] = Run(name, isQuick);
}

/// <param name="Lines">What was written.</param>
/// <param name="Folder">Where it ran, and left its files.</param>
public sealed record SampleRun(string[] Lines, string Folder);
