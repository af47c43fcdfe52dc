using System.Runtime.InteropServices;

namespace RnnGen.Formats;

/// <summary>Takes the elements of tensors out of their storages.</summary>
internal sealed class TorchValues
{
    private const int ChunkSize = 1 << 12;

    // Views may have more elements than their storage, up to this many.
    private const long MostRepeated = 1 << 20;

    private readonly string _path;
    private readonly bool _isBigEndian;
    private long _repeated;

    private TorchValues(string path, bool isBigEndian)
    {
        _path = path;
        _isBigEndian = isBigEndian;
    }

    /// <summary>Reads all tensors.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="tensors">The tensors and their names.</param>
    /// <param name="bytes">The bytes of a storage.</param>
    /// <param name="isBigEndian">Whether the bytes of an element stand in the opposite order.</param>
    /// <returns>The tensors in their order. Those that are the same share memory.</returns>
    /// <exception cref="CheckpointException">They have more elements than the file.</exception>
    public static FileTensor[] Read(
        string path, IReadOnlyList<(string Name, TorchTensor Tensor)> tensors, Func<string, TorchStorage, ReadOnlyMemory<byte>> bytes, bool isBigEndian = false)
    {
        var values = new TorchValues(path, isBigEndian);
        var read = new FileTensor[tensors.Count];

        // Storage by storage: if they are compressed, only one is in memory.
        foreach (IGrouping<string, int> group in Enumerable.Range(0, tensors.Count).GroupBy(k => tensors[k].Tensor.Storage.Key, StringComparer.Ordinal))
        {
            values.ReadStorage(tensors, [.. group], bytes, read);
        }

        return read;
    }

    private void ReadStorage(
        IReadOnlyList<(string Name, TorchTensor Tensor)> tensors, int[] group, Func<string, TorchStorage, ReadOnlyMemory<byte>> bytes, FileTensor[] read)
    {
        var known = new Dictionary<TorchTensor, float[]>(TorchViewComparer.Instance);
        ReadOnlyMemory<byte> content = bytes(tensors[group[0]].Name, tensors[group[0]].Tensor.Storage);
        long left = content.Length;
        foreach (int k in group)
        {
            (string name, TorchTensor tensor) = tensors[k];
            if (tensor.Storage.Size != content.Length)
            {
                throw new CheckpointException(
                    CheckpointReason.Container, _path, name, null, $"expected its storage '{tensor.Storage.Key}' of {content.Length} bytes, as the file has it, found {tensor.Storage.Size}.");
            }

            if (!known.TryGetValue(tensor, out float[]? values))
            {
                Count(name, tensor, ref left);
                values = Gather(tensor, content.Span);
                known.Add(tensor, values);
            }

            read[k] = new FileTensor(name, tensor.ElementType, tensor.Shape, values);
        }
    }

    /// <summary>Tensors may share elements, and repeat them. Few do, but a small file could ask for all memory in that way.</summary>
    private void Count(string name, TorchTensor tensor, ref long left)
    {
        long counted = Math.Min(left, tensor.Count);
        left -= counted;
        _repeated += tensor.Count - counted;
        if (_repeated > MostRepeated)
        {
            throw new CheckpointException(
                CheckpointReason.Shape, _path, name, null, $"expected tensors with about as many elements as the file has bytes, found more, which share or repeat elements. In Python: tensor.clone().");
        }
    }

    private float[] Gather(TorchTensor tensor, ReadOnlySpan<byte> storage)
    {
        string type = tensor.ElementType;
        int size = Elements.SizeOf(type);
        if (tensor.IsContiguous)
        {
            return tensor.Count == 0 ? [] : Elements.ToFloats(type, storage.Slice((int)(tensor.First * size), tensor.Count * size), _isBigEndian);
        }

        float[] values = new float[tensor.Count];
        byte[] chunk = new byte[Math.Min(ChunkSize, tensor.Count) * size];
        var walk = new StridedWalk(tensor.Shape, tensor.Strides, tensor.First);
        for (int done = 0; done < values.Length; done += ChunkSize)
        {
            int count = Math.Min(ChunkSize, values.Length - done);
            for (int k = 0; k < count; k++)
            {
                storage.Slice((int)(walk.Place * size), size).CopyTo(chunk.AsSpan(k * size));
                walk.Next();
            }

            Elements.ToFloats(type, chunk.AsSpan(0, count * size), values.AsSpan(done, count), _isBigEndian);
        }

        return values;
    }

    /// <summary>Whether two tensors are the same view of a storage. Weights that are tied are saved twice, as two such views.</summary>
    private sealed class TorchViewComparer : IEqualityComparer<TorchTensor>
    {
        public static readonly TorchViewComparer Instance = new();

        public bool Equals(TorchTensor? a, TorchTensor? b) =>
            a!.ElementType == b!.ElementType && a.First == b.First && a.Shape.AsSpan().SequenceEqual(b.Shape) && a.Strides.AsSpan().SequenceEqual(b.Strides);

        public int GetHashCode(TorchTensor tensor)
        {
            var hash = default(HashCode);
            hash.Add(tensor.First);
            hash.AddBytes(MemoryMarshal.AsBytes(tensor.Shape.AsSpan()));
            hash.AddBytes(MemoryMarshal.AsBytes(tensor.Strides.AsSpan()));
            return hash.ToHashCode();
        }
    }
}
