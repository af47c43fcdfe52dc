using System.IO.Compression;

namespace RnnGen.Fuzz;

/// <summary>Makes archives.</summary>
internal static class ZipBuilder
{
    public static byte[] Build(CompressionLevel level, params (string Name, byte[] Content)[] members)
    {
        var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in members)
            {
                using Stream entry = archive.CreateEntry(name, level).Open();
                entry.Write(content);
            }
        }

        return file.ToArray();
    }

    public static byte[] Build(params (string Name, byte[] Content)[] members) => Build(CompressionLevel.NoCompression, members);

    /// <summary>The same members, compressed.</summary>
    public static byte[] Compress(byte[] archive) => Build(CompressionLevel.Optimal, Members(archive));

    /// <summary>The members of an archive.</summary>
    public static (string Name, byte[] Content)[] Members(byte[] archive)
    {
        using var read = new ZipArchive(new MemoryStream(archive));
        return [.. read.Entries.Select(entry => (entry.FullName, Content(entry)))];
    }

    private static byte[] Content(ZipArchiveEntry entry)
    {
        var content = new MemoryStream();
        using Stream stream = entry.Open();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
