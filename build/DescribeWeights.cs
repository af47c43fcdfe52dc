using System.Security.Cryptography;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Task = Microsoft.Build.Utilities.Task;

namespace RnnGen.Build;

/// <summary>
/// Writes a description of every weights file: a generator must not read files, and gets this small text instead. Lines with the file's path in the project,
/// <c>embed</c> or nothing, and its SHA-256, then the header of the safetensors file; no header if it is no such file.
/// </summary>
/// <remarks>An unchanged description is not written again, so that nothing is compiled again.</remarks>
public sealed class DescribeWeights : Task
{
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
            try
            {
                Write(file.GetMetadata("Description"), Describe(file));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Log.LogError($"The weights file '{file.ItemSpec}' cannot be described: {e.Message}");
            }
        }

        return !Log.HasLoggedErrors;
    }

    private static string Describe(ITaskItem file)
    {
        using FileStream stream = File.OpenRead(file.ItemSpec);
        using var sha = SHA256.Create();
        string hash = BitConverter.ToString(sha.ComputeHash(stream)).Replace("-", "");
        stream.Position = 0;
        string embed = string.Equals(file.GetMetadata("Embed"), "true", StringComparison.OrdinalIgnoreCase) ? "embed" : "";
        return string.Join("\n", file.ItemSpec.Replace('\\', '/'), embed, hash.ToLowerInvariant(), ReadHeader(stream));
    }

    /// <summary>The header: eight bytes with its length, then its text.</summary>
    private static string ReadHeader(FileStream stream)
    {
        byte[] length = new byte[8];
        if (!ReadAll(stream, length))
        {
            return "";
        }

        ulong count = 0;
        for (int k = length.Length - 1; k >= 0; k--)
        {
            count = (count << 8) | length[k];
        }

        // Nothing is allocated that the file does not have.
        if (count > LongestHeader || (long)count > stream.Length - length.Length)
        {
            return "";
        }

        byte[] header = new byte[count];
        return ReadAll(stream, header) ? Encoding.UTF8.GetString(header) : "";
    }

    private static bool ReadAll(Stream stream, byte[] buffer)
    {
        int total = 0;
        while (total < buffer.Length)
        {
            int read = stream.Read(buffer, total, buffer.Length - total);
            if (read == 0)
            {
                return false;
            }

            total += read;
        }

        return true;
    }

    private static void Write(string path, string text)
    {
        if (File.Exists(path) && File.ReadAllText(path) == text)
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
