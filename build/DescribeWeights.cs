using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace RnnGen.Build;

/// <summary>
/// Writes a description of every weights file: a generator must not read files, and gets this small text instead. Its lines are the file's path in the
/// project, <c>embed</c> or nothing, the SHA-256 of the file, the number of bytes behind the header, and then the header of the safetensors file, or a
/// sentence that says why there is none.
/// </summary>
/// <remarks>
/// A file that cannot be read is no error here: the generator reports it at the model that needs it. An unchanged description is not written again, so that
/// nothing is compiled again.
/// </remarks>
public sealed class DescribeWeights : Task
{
    private const int LengthSize = sizeof(long);

    // A longer header is not a header.
    private const long LongestHeader = 100_000_000;

    /// <summary>The weights files, with the metadata Embed and Description: the path of the description.</summary>
    [Required]
    public ITaskItem[] Files { get; set; } = [];

    /// <inheritdoc/>
    public override bool Execute()
    {
        foreach (ITaskItem file in Files)
        {
            Write(file.GetMetadata("Description"), Describe(file));
        }

        return true;
    }

    private static string Describe(ITaskItem file)
    {
        string embed = string.Equals(file.GetMetadata("Embed"), "true", StringComparison.OrdinalIgnoreCase) ? "embed" : "";
        return string.Join("\n", [file.ItemSpec.Replace('\\', '/'), embed, .. DescribeContent(file.ItemSpec)]);
    }

    private static string[] DescribeContent(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            using var sha = SHA256.Create();
            string hash = BitConverter.ToString(sha.ComputeHash(stream)).Replace("-", "").ToLowerInvariant();
            stream.Position = 0;
            string? header = ReadHeader(stream);
            return [hash, (stream.Length - stream.Position).ToString(CultureInfo.InvariantCulture), header ?? "It is not a safetensors file."];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ["", "0", e.Message];
        }
    }

    /// <summary>The header: its length in eight bytes, then its text, which begins with a brace.</summary>
    private static string? ReadHeader(FileStream stream)
    {
        if (stream.Length < LengthSize)
        {
            return null;
        }

        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        long length = reader.ReadInt64();

        // Nothing is allocated that the file does not have.
        if (length is < 2 or > LongestHeader || length > stream.Length - LengthSize)
        {
            return null;
        }

        string header = Encoding.UTF8.GetString(reader.ReadBytes((int)length));
        return header[0] == '{' ? header : null;
    }

    private static void Write(string path, string text)
    {
        if (!File.Exists(path) || File.ReadAllText(path) != text)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
    }
}
