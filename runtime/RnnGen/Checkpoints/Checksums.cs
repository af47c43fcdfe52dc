using System.Globalization;

namespace RnnGen.Checkpoints;

/// <summary>
/// The checksums of a file, in its metadata: <c>rnngen.crc32c.NAME</c> is that of the data of tensor NAME, <c>rnngen.crc32c</c> that of
/// everything else: names, types, shapes, metadata and the other checksums. A file has all of them or none; files of other programs have none.
/// What <c>Load</c> calls is written in plain loops: queries over numbers and pairs are compiled anew in every process.
/// </summary>
internal static class Checksums
{
    private const string HeaderKey = "rnngen.crc32c";
    private const string TensorKey = HeaderKey + ".";

    /// <summary>The metadata of a file with its checksums.</summary>
    public static IReadOnlyDictionary<string, string> With(IReadOnlyDictionary<string, string> texts, IReadOnlyList<TensorToWrite> tensors)
    {
        var header = new Header(texts);
        var all = new Dictionary<string, string>(texts, StringComparer.Ordinal);
        foreach (TensorToWrite tensor in tensors.OrderBy(tensor => tensor.Name, StringComparer.Ordinal))
        {
            string checksum = Text(Checksum.Of(tensor.Bytes));
            header.Add(tensor.Name, tensor.Dtype, [.. tensor.Shape], checksum);
            all[TensorKey + tensor.Name] = checksum;
        }

        all[HeaderKey] = header.Text;
        return all;
    }

    /// <summary>Checks a file that has checksums, and removes them from its metadata.</summary>
    /// <exception cref="CheckpointException">A checksum is wrong, missing or surplus.</exception>
    public static void Check(string path, Dictionary<string, string> texts, IReadOnlyDictionary<string, SafetensorsTensor> tensors)
    {
        bool hasHeader = texts.Remove(HeaderKey, out string? expected);
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string key in texts.Keys)
        {
            if (key.StartsWith(TensorKey, StringComparison.Ordinal))
            {
                found.Add(key[TensorKey.Length..], texts[key]);
                texts.Remove(key);
            }
        }

        if (!hasHeader && found.Count == 0)
        {
            return;
        }

        var header = new Header(texts);
        foreach (string name in Sorted(tensors.Keys))
        {
            SafetensorsTensor tensor = tensors[name];
            string actual = Text(Checksum.Of(tensor.Data));
            if (!found.Remove(name, out string? checksum) || checksum != actual)
            {
                throw Damaged(tensor, checksum, actual);
            }

            header.Add(name, tensor.Dtype, tensor.Shape, checksum);
        }

        if (found.Count > 0 || header.Text != expected)
        {
            throw Damaged(path, found, expected, header.Text);
        }
    }

    private static CheckpointException Damaged(SafetensorsTensor tensor, string? expected, string actual) => expected is null
        ? tensor.Wrong(CheckpointReason.Digest, $"expected its checksum '{TensorKey}{tensor.Name}' in the metadata, as for other tensors, found none. {Advice}")
        : tensor.Wrong(CheckpointReason.Digest, $"expected data with checksum {expected}, found {actual}. {Advice}");

    private static CheckpointException Damaged(string path, Dictionary<string, string> surplus, string? expected, string actual) => surplus.Count > 0
        ? new(CheckpointReason.Digest, path, $"expected only checksums of existing tensors, found that of '{surplus.Keys.First()}'. {Advice}")
        : new(CheckpointReason.Digest, path, $"expected names, types, shapes and metadata with checksum {expected ?? "(none)"}, found {actual}. {Advice}");

    private static FormattableString Advice =>
        $"The file was damaged; if it was changed on purpose, remove the entries that begin with '{HeaderKey}' from its metadata.";

    private static List<string> Sorted(IEnumerable<string> names)
    {
        var sorted = new List<string>(names);
        sorted.Sort(StringComparer.Ordinal);
        return sorted;
    }

    private static string Text(uint checksum) => checksum.ToString("x8", CultureInfo.InvariantCulture);

    /// <summary>The checksum of everything but the data, in an order that does not depend on that of the file.</summary>
    private sealed class Header
    {
        private Checksum _checksum = new();

        public Header(IReadOnlyDictionary<string, string> texts)
        {
            _checksum.Add(texts.Count);
            foreach (string key in Sorted(texts.Keys))
            {
                _checksum.Add(key);
                _checksum.Add(texts[key]);
            }
        }

        public string Text => Checksums.Text(_checksum.Value);

        public void Add(string name, string type, ReadOnlySpan<long> shape, string checksum)
        {
            _checksum.Add(name);
            _checksum.Add(type);
            foreach (long size in shape)
            {
                _checksum.Add(size);
            }

            _checksum.Add(checksum);
        }
    }
}
