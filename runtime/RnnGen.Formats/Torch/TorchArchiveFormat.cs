namespace RnnGen.Formats;

/// <summary>
/// A zip archive of <c>torch.save</c> (PyTorch 1.6 and later) or of <c>torch.jit.save</c>: a pickle <c>data.pkl</c>, and a file for every storage. Tensors are
/// named by their path in the pickle; constants of TorchScript are <c>constants.0</c>, ... Its code is not looked at.
/// </summary>
internal sealed class TorchArchiveFormat : TensorFileFormat
{
    private const string Pickle = "data.pkl";
    private const string Constants = "constants";

    // With the directory of the archive it stays below 16 MB.
    private const long MemoryForObjects = 10 << 20;

    /// <inheritdoc/>
    public override string Name => "PyTorch file";

    /// <inheritdoc/>
    public override bool Recognizes(ReadOnlyMemory<byte> file)
    {
        IReadOnlyList<string> names = ZipDirectory.Names(file);

        // Of an incomplete archive, only the first name is known. Those of torch.jit.save start with a storage.
        return names.Any(IsPickle) || (names is [string only] && only.Contains("/data/", StringComparison.Ordinal));
    }

    /// <inheritdoc/>
    public override TensorFile Read(string path, ReadOnlyMemory<byte> file)
    {
        var archive = ZipArchiveFile.Read(path, file);
        List<string> pickles = [.. archive.Members.Select(member => member.Name).Where(IsPickle)];
        if (pickles is not [string pickle])
        {
            throw new CheckpointException(CheckpointReason.Container, path, $"expected one pickle named '{Pickle}', found {pickles.Count}.");
        }

        return new Reading(Name, path, archive, pickle[..^Pickle.Length]).Read();
    }

    /// <summary>Whether a name is that of the pickle: in the folder that contains everything.</summary>
    private static bool IsPickle(string name) =>
        name.EndsWith(Pickle, StringComparison.Ordinal) && name.IndexOf('/') == name.Length - Pickle.Length - 1;

    private sealed class Reading
    {
        private readonly string _format;
        private readonly string _path;
        private readonly ZipArchiveFile _archive;
        private readonly string _folder;
        private readonly bool _hasNoChecksums;

        public Reading(string format, string path, ZipArchiveFile archive, string folder)
        {
            _format = format;
            _path = path;
            _archive = archive;
            _folder = folder;

            // torch.serialization.set_crc32_options(False) writes other numbers in the place of all checksums.
            _hasNoChecksums = archive.Find(folder + "version") is ZipMember version && !ZipArchiveFile.HasChecksum(version);
        }

        public TensorFile Read()
        {
            ZipMember? constants = _archive.Find($"{_folder}{Constants}.pkl");
            bool isBigEndian = IsBigEndian();
            var budget = new MemoryBudget(_path, MemoryForObjects, TorchGlobals.Advice);
            bool isScript = constants is not null;
            object? root = Unpickle(_archive.Find(_folder + Pickle)!, isScript, budget);
            var names = new TorchNames(_path, budget);
            names.Add(root);
            IReadOnlyList<FileTensor> tensors = TorchValues.Read(_path, names.Found, (name, storage) => Bytes("data", name, storage), isBigEndian);
            if (constants is not null)
            {
                int count = names.Found.Count;
                names.Add(Unpickle(constants, isScript, budget), Constants);
                tensors = [.. tensors, .. TorchValues.Read(_path, [.. names.Found.Skip(count)], (name, storage) => Bytes(Constants, name, storage), isBigEndian)];
            }

            return new TensorFile(_format, _path, tensors);
        }

        private object? Unpickle(ZipMember member, bool isScript, MemoryBudget budget)
        {
            ReadOnlyMemory<byte> pickle = _archive.Content(member, _hasNoChecksums);
            var reader = new PickleReader(_path, pickle, 0, member.IsStored ? member.Offset : null, isScript, budget);
            object? root = reader.Read();
            return reader.Position == pickle.Length
                ? root
                : throw new CheckpointException(
                    CheckpointReason.Container, _path, null, member.IsStored ? member.Offset + reader.Position : null, $"expected the end of '{member.Name}', found {pickle.Length - reader.Position} bytes more.");
        }

        private bool IsBigEndian()
        {
            if (_archive.Find(_folder + "byteorder") is not ZipMember member)
            {
                return false;
            }

            ReadOnlySpan<byte> order = _archive.Content(member, _hasNoChecksums).Span;
            return order.SequenceEqual("big"u8)
                || (order.SequenceEqual("little"u8)
                    ? false
                    : throw new CheckpointException(CheckpointReason.Container, _path, null, member.Offset, $"expected 'little' or 'big' in '{member.Name}', found another order of bytes."));
        }

        private ReadOnlyMemory<byte> Bytes(string folder, string tensor, TorchStorage storage)
        {
            string name = $"{_folder}{folder}/{storage.Key}";
            ZipMember member = _archive.Find(name)
                ?? throw new CheckpointException(CheckpointReason.Container, _path, tensor, null, $"expected its data in '{name}', found no such file in the archive.");
            ReadOnlyMemory<byte> bytes = _archive.Content(member, _hasNoChecksums);
            return bytes.Length == storage.Size
                ? bytes
                : throw new CheckpointException(
                    CheckpointReason.Container, _path, tensor, member.Offset, $"expected {storage.Size} bytes in '{name}', found {bytes.Length}.");
        }
    }
}
