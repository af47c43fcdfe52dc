using System.Runtime.CompilerServices;

namespace RnnGen.Formats.Tests;

/// <summary>Networks that others published. They are not part of the repository: tests that need them are skipped where they are missing.</summary>
internal static class SharedFiles
{
    private static readonly string Folder = Path.GetFullPath(Path.Combine(Repository(), "..", "shared", "real"));

    /// <summary>The path of a file; skips the test if it is missing.</summary>
    public static string Find(params string[] parts)
    {
        string path = PathOf(parts);
        Assert.SkipUnless(File.Exists(path), $"Published networks are not here: {path}");
        return path;
    }

    /// <summary>The path that a file would have, whether it is there or not.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Folder, .. parts]);

    private static string Repository([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..");
}
