using System.IO.Compression;
using System.Runtime.CompilerServices;

namespace RnnGen.Fuzz;

/// <summary>A file to be damaged.</summary>
/// <param name="bytes">Its content.</param>
internal sealed class SoundFile(byte[] bytes)
{
    // Reading a large file takes long, and most of it are numbers.
    private const int Longest = 1 << 17;

    /// <summary>Its content.</summary>
    public byte[] Bytes { get; } = bytes;

    /// <summary>The members of an archive; empty if it is none.</summary>
    public IReadOnlyList<(string Name, byte[] Content)> Members { get; } = bytes.AsSpan().StartsWith("PK"u8) ? ZipBuilder.Members(bytes) : [];

    /// <summary>A file of the tests.</summary>
    /// <param name="parts">Its path in the folder <c>files</c> of <c>RnnGen.Formats.Tests</c>.</param>
    public static SoundFile OfTests(params string[] parts) => new(File.ReadAllBytes(Path.Combine([Folder("..", "..", "RnnGen.Formats.Tests", "files"), .. parts])));

    /// <summary>Small published files with an ending, where they are there: they are not part of the repository.</summary>
    /// <param name="folder">Their folder.</param>
    /// <param name="ending">How their names end.</param>
    /// <param name="except">A longer ending, of those that are left out.</param>
    public static IEnumerable<SoundFile> Published(string folder, string ending, string? except = null)
    {
        var files = new DirectoryInfo(Folder("..", "..", "..", "..", "shared", "real", folder));
        return !files.Exists
            ? []
            : from file in files.GetFiles()
              where file.Name.EndsWith(ending, StringComparison.Ordinal) && (except is null || !file.Name.EndsWith(except, StringComparison.Ordinal)) && file.Length <= Longest
              orderby file.Name
              select new SoundFile(File.ReadAllBytes(file.FullName));
    }

    private static string Folder(params string[] parts) => Path.Combine([Here(), .. parts]);

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
