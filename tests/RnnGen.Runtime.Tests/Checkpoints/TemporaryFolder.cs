namespace RnnGen.Tests.Checkpoints;

/// <summary>A folder of one test, gone afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string FullName { get; } = Directory.CreateTempSubdirectory("rnngen-").FullName;

    /// <summary>All there is in it, by name.</summary>
    public string[] Names => [.. Directory.EnumerateFileSystemEntries(FullName).Select(entry => Path.GetFileName(entry)!).Order(StringComparer.Ordinal)];

    public string File(string name) => Path.Combine(FullName, name);

    public string File(string name, byte[] content)
    {
        string path = File(name);
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(FullName, recursive: true);
}
