using System.Globalization;

namespace RnnGen.Checkpoints;

/// <summary>
/// The checksums of a file, in its metadata: <c>rnngen.crc32c.NAME</c> is that of the data of tensor NAME, <c>rnngen.crc32c</c> that of
/// everything else: names, types, shapes, metadata and the other checksums. A file has all of them or none; files of other programs have none.
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
            header.Add(tensor.Name, tensor.Dtype, tensor.Shape.Select(size => (long)size), checksum);
            all[TensorKey + tensor.Name] = checksum;
        }

        all[HeaderKey] = header.Text;
        return all;
    }

    /// <summary>Checks a file that has checksums, and removes them from its metadata.</summary>
    /// <exception cref="CheckpointException">A checksum is wrong, missing or surplus.</exception>
    public static void Check(string path, Dictionary<string, string> texts, IReadOnlyDictionary<string, SafetensorsTensor> tensors)
    {
        List<string> keys = [.. texts.Keys.Where(key => key.StartsWith(TensorKey, StringComparison.Ordinal))];
        bool hasHeader = texts.Remove(HeaderKey, out string? expected);
        if (!hasHeader && keys.Count == 0)
        {
            return;
        }

        var found = new Dictionary<string, string>(keys.Count, StringComparer.Ordinal);
        foreach (string key in keys)
        {
            texts.Remove(key, out string? checksum);
            found.Add(key[TensorKey.Length..], checksum!);
        }

        var header = new Header(texts);
        foreach (SafetensorsTensor tensor in tensors.Values.OrderBy(tensor => tensor.Name, StringComparer.Ordinal))
        {
            if (!found.Remove(tensor.Name, out string? checksum))
            {
                throw tensor.Wrong(CheckpointReason.Digest, $"expected its checksum '{TensorKey}{tensor.Name}' in the metadata, as for other tensors, found none. {Advice}");
            }

            header.Add(tensor.Name, tensor.Dtype, tensor.Shape, checksum);
            string actual = Text(Checksum.Of(tensor.Data));
            if (actual != checksum)
            {
                throw tensor.Wrong(CheckpointReason.Digest, $"expected data with checksum {checksum}, found {actual}. {Advice}");
            }
        }

        if (found.Count > 0)
        {
            throw new CheckpointException(
                CheckpointReason.Digest, path, $"expected only checksums of existing tensors, found that of '{found.Keys.First()}'. {Advice}");
        }

        if (header.Text != expected)
        {
            throw new CheckpointException(
                CheckpointReason.Digest, path, $"expected names, types, shapes and metadata with checksum {expected ?? "(none)"}, found {header.Text}. {Advice}");
        }
    }

    private static FormattableString Advice =>
        $"The file was damaged; if it was changed on purpose, remove the entries that begin with '{HeaderKey}' from its metadata.";

    private static string Text(uint checksum) => checksum.ToString("x8", CultureInfo.InvariantCulture);

    /// <summary>The checksum of everything but the data, in an order that does not depend on that of the file.</summary>
    private sealed class Header
    {
        private Checksum _checksum = new();

        public Header(IReadOnlyDictionary<string, string> texts)
        {
            _checksum.Add(texts.Count);
            foreach ((string key, string text) in texts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                _checksum.Add(key);
                _checksum.Add(text);
            }
        }

        public string Text => Checksums.Text(_checksum.Value);

        public void Add(string name, string type, IEnumerable<long> shape, string checksum)
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
