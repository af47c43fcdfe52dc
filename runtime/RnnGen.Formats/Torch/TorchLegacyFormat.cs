using System.Buffers.Binary;

namespace RnnGen.Formats;

/// <summary>
/// A file of <c>torch.save</c> before PyTorch 1.6, or with <c>_use_new_zipfile_serialization=False</c>: five pickles, and the storages behind them. It is
/// little-endian on every machine.
/// </summary>
internal sealed class TorchLegacyFormat : TensorFileFormat
{
    private const byte Protocol = 0x80;
    private const int Prefix = 2;
    private const int Version = 1001;
    private const long MemoryForObjects = 12 << 20;

    /// <inheritdoc/>
    public override string Name => "legacy PyTorch file";

    // A pickle with one number.
    private static ReadOnlySpan<byte> Magic => [0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, (byte)'.'];

    /// <inheritdoc/>
    public override bool Recognizes(ReadOnlyMemory<byte> file) => file.Span is [Protocol, >= 2 and <= 5, ..];

    /// <inheritdoc/>
    public override TensorFile Read(string path, ReadOnlyMemory<byte> file)
    {
        // Protocol 4 has the length of the pickle in front of it.
        const int Frame = 9;
        int start = file.Span is [_, _, (byte)PickleOpcode.Frame, ..] and { Length: > Prefix + Frame } ? Prefix + Frame : Prefix;
        if (!file.Span[start..].StartsWith(Magic))
        {
            throw new CheckpointException(
                CheckpointReason.Container, path, null, start, $"expected a file of torch.save, found another pickle, which is not read. {TorchGlobals.Advice}");
        }

        var budget = new MemoryBudget(path, MemoryForObjects, TorchGlobals.Advice);
        int position = start + Magic.Length;
        var declared = new List<TorchStorage>();
        if (Next() is not (long and Version))
        {
            throw new CheckpointException(CheckpointReason.Container, path, null, start + Magic.Length, $"expected version {Version}, found another.");
        }

        // What the machine was that wrote the file: its byte order does not matter.
        Next();
        object? root = Next();
        int keysAt = position;
        if (Next() is not List<object?> keys)
        {
            throw new CheckpointException(CheckpointReason.Container, path, null, keysAt, $"expected a list of storages, found another object.");
        }

        var names = new TorchNames(path, budget);
        names.Add(root);
        Dictionary<string, ReadOnlyMemory<byte>> storages = Storages(path, file, position, keys, declared, budget);
        return new TensorFile(Name, path, TorchValues.Read(path, names.Found, (name, storage) => storages.TryGetValue(storage.Key, out ReadOnlyMemory<byte> bytes)
            ? bytes
            : throw new CheckpointException(CheckpointReason.Container, path, name, null, $"expected its storage '{storage.Key}', found none of that name.")));

        object? Next()
        {
            var reader = new PickleReader(path, file, position, 0, isScript: false, budget);
            object? value = reader.Read();
            declared.AddRange(reader.Storages);
            position = reader.Position;
            return value;
        }
    }

    /// <summary>Every storage is a number of elements, and the elements. The tensors say how long these are.</summary>
    private static Dictionary<string, ReadOnlyMemory<byte>> Storages(
        string path, ReadOnlyMemory<byte> file, int position, List<object?> keys, List<TorchStorage> all, MemoryBudget budget)
    {
        const int StorageMemory = 128;
        var declared = new Dictionary<string, TorchStorage>(StringComparer.Ordinal);
        foreach (TorchStorage storage in all)
        {
            budget.Take(StorageMemory);
            declared.TryAdd(storage.Key, storage);
        }

        var storages = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (object? item in keys)
        {
            string key = item as string ?? (item is long number ? FormattableString.Invariant($"{number}") : "");
            if (!declared.TryGetValue(key, out TorchStorage? expected) || storages.ContainsKey(key))
            {
                throw new CheckpointException(CheckpointReason.Container, path, null, position, $"expected the storage of a tensor, found '{key}'.");
            }

            long left = file.Length - position - sizeof(long);
            long count = left < 0 ? -1 : BinaryPrimitives.ReadInt64LittleEndian(file.Span[position..]);
            if (count != expected.Count || expected.Size > left)
            {
                throw new CheckpointException(
                    CheckpointReason.Container, path, null, position, $"expected {expected.Count} elements of storage '{key}' in {expected.Size} bytes, found {count} in at most {Math.Max(left, 0)} bytes. The file may be incomplete.");
            }

            storages.Add(key, file.Slice(position + sizeof(long), (int)expected.Size));
            position += sizeof(long) + (int)expected.Size;
        }

        return position == file.Length
            ? storages
            : throw new CheckpointException(
                CheckpointReason.Container, path, null, position, $"expected the end of the file, found {file.Length - position} bytes more. Several objects in one file are not read.");
    }
}
